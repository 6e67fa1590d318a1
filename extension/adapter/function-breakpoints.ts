/** Breakpoints at functions, by name: `worker`, `Box.open`. The first line of a function is found in its script's text. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { plainName } from '../../runtime/src/protocol/helpers.ts';
import { CdpError } from '../cdp/connection.ts';
import type { CdpLocation } from '../cdp/types.ts';
import { arrivalExpression, type Wishes } from './arrival.ts';
import { messageOf } from './errors.ts';
import type { Script } from './scripts.ts';
import { isFunction, type Range, type SyntaxNode, visitScript } from './syntax.ts';
import type { Target } from './target.ts';

export interface WantedFunction extends Wishes {
  name: string;
}

interface FunctionBreakpoint extends WantedFunction {
  id: number;
  message: string | undefined;
  expression: string | undefined;
  /** V8's names of it. */
  bound: string[];
}

export class FunctionBreakpoints {
  private readonly target: Target;
  private readonly nextId: () => number;
  private readonly onChanged: (breakpoint: DebugProtocol.Breakpoint) => void;
  private readonly functions = new Map<string, Promise<NamedFunction[]>>();
  private all: FunctionBreakpoint[] = [];

  /** @param onChanged hears of breakpoints that are bound later, when a file is loaded. */
  constructor(
    target: Target,
    nextId: () => number,
    onChanged: (breakpoint: DebugProtocol.Breakpoint) => void,
  ) {
    this.target = target;
    this.nextId = nextId;
    this.onChanged = onChanged;
  }

  /** Replaces all breakpoints at functions. */
  async set(wanted: readonly WantedFunction[]): Promise<DebugProtocol.Breakpoint[]> {
    await this.target.removeBreakpoints(
      this.all.map((each) => each.id),
      this.all.flatMap((each) => each.bound),
    );
    this.all = wanted.map((each) => ({
      ...{ ...each, id: this.nextId(), bound: [], message: undefined, expression: undefined },
    }));
    for (const breakpoint of this.all) {
      try {
        breakpoint.expression = await arrivalExpression(this.target, breakpoint.id, breakpoint);
      } catch (error) {
        breakpoint.message = messageOf(error);
        continue;
      }
      for (const script of this.target.scripts.own()) await this.bind(breakpoint, script);
    }
    return this.all.map(shown);
  }

  /** A script is about to run: binds what was set before. */
  async bindScript(scriptId: string): Promise<void> {
    const script = this.target.scripts.get(scriptId);
    if (script?.path === undefined) return;
    for (const breakpoint of this.all) {
      if (breakpoint.message !== undefined) continue;
      if (await this.bind(breakpoint, script)) this.onChanged(shown(breakpoint));
    }
  }

  /** Our numbers of the breakpoints that V8 calls by these names. */
  idsOf(names: readonly string[]): number[] {
    const hit = this.all.filter((each) => each.bound.some((name) => names.includes(name)));
    return hit.map((each) => each.id);
  }

  /** Returns whether the script has such a function. */
  private async bind(breakpoint: FunctionBreakpoint, script: Script): Promise<boolean> {
    let found = false;
    for (const { name, body } of await this.functionsOf(script)) {
      if (name !== breakpoint.name && !name.endsWith(`.${breakpoint.name}`)) continue;
      const { start, end } = locationsOf(script.id, body);
      const location = await this.target.firstOwnPlace(start, end);
      if (location === undefined) continue;
      const { expression } = breakpoint;
      const breakpointId = await this.place(location, expression);
      if (breakpointId === undefined) continue;
      breakpoint.bound.push(breakpointId);
      found = true;
    }
    return found;
  }

  private functionsOf(script: Script): Promise<NamedFunction[]> {
    let functions = this.functions.get(script.id);
    if (functions === undefined) {
      functions = this.target.source(script.id).then(namedFunctions);
      this.functions.set(script.id, functions);
    }
    return functions;
  }

  private async place(location: CdpLocation, condition: string | undefined) {
    try {
      const { breakpointId } = await this.target.connection.send<{ breakpointId: string }>(
        'Debugger.setBreakpoint',
        condition === undefined ? { location } : { location, condition },
      );
      return breakpointId;
    } catch (error) {
      // Another breakpoint is at that place already: the program stops there anyway.
      if (!(error instanceof CdpError) || !this.target.connection.isOpen) throw error;
      return undefined;
    }
  }
}

/** A range of Babel's as V8 counts. */
function locationsOf(
  scriptId: string,
  { start, end }: Range,
): Record<'start' | 'end', CdpLocation> {
  return {
    start: { scriptId, lineNumber: start.line - 1, columnNumber: start.column },
    end: { scriptId, lineNumber: end.line - 1, columnNumber: end.column },
  };
}

interface NamedFunction {
  /** `worker`, `Box.open`. */
  name: string;
  body: Range;
}

/** The functions of a script, as the program's text calls them. */
function namedFunctions(source: string): NamedFunction[] {
  const found: NamedFunction[] = [];
  const owners = new Map<SyntaxNode, string>();
  visitScript(source, (node, parent) => {
    if (node.type === 'ClassBody' && parent !== null) owners.set(node, nameOf(parent.id));
    if (!isFunction(node)) return;
    const own = plainName(nameOf(node.id) || nameOf(node.key) || boundName(node, parent));
    const owner = parent === null ? '' : (owners.get(parent) ?? '');
    const body = node.body as SyntaxNode | undefined;
    if (own === '' || body?.loc === undefined) return;
    found.push({ name: owner === '' ? own : `${owner}.${own}`, body: body.loc });
  });
  return found;
}

/** The name of the variable or the property that a nameless function is assigned to. */
function boundName(node: SyntaxNode, parent: SyntaxNode | null): string {
  if (parent?.type === 'VariableDeclarator' && parent.init === node) return nameOf(parent.id);
  if (parent?.value === node) return nameOf(parent.key);
  return '';
}

function nameOf(node: unknown): string {
  const { name, value, id, type } = (node ?? {}) as Record<string, unknown>;
  if (type === 'PrivateName') return `#${nameOf(id)}`;
  if (typeof name === 'string') return name;
  return typeof value === 'string' ? value : '';
}

function shown({ id, message, bound, name }: FunctionBreakpoint): DebugProtocol.Breakpoint {
  if (bound.length > 0) return { id, verified: true };
  return {
    id,
    verified: false,
    message: message ?? l10n.t('No function called {0} has been loaded yet.', name),
  };
}
