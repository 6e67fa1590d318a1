/** Why a call may switch, as far as the file itself tells. */

import type { RuntimeForm, RuntimeForms, SwitchCause } from '../protocol/switch-points.ts';
import { bare, type Node } from './node.ts';
import { targetOf } from './prune.ts';
import { type Binding, type Fn, lookUp, type Scopes } from './scope.ts';

/** What stands for a callee where an iterator's methods are called. */
export const ITERATOR = 'next';

const UNKNOWN: SwitchCause = { why: 'unknown' };

/** The functions of the runtime that return a Greenlet. */
const SPAWNS = new Set(['spawn', 'spawnLater', 'spawnRaw']);

/** A cause in a function, and its one-based line. */
interface Lead {
  cause: SwitchCause;
  line: number;
}

export class Causes {
  private readonly scopes: Scopes;
  private readonly forms: RuntimeForms;
  private readonly lineAt: (offset: number) => number;
  /** What a call of each function of the file leads to; one that never switches is not in it. */
  private readonly leads = new Map<Fn, Lead>();

  /** @param lineAt the one-based line of the source for an offset of the text. */
  constructor(scopes: Scopes, forms: RuntimeForms, lineAt: (offset: number) => number) {
    this.scopes = scopes;
    this.forms = forms;
    this.lineAt = lineAt;
    this.findLeads();
  }

  /**
   * Why a point may switch.
   *
   * @param point undefined for one that is no call of its own: the steps of a pattern, say.
   * @param callee what is called, as it is written.
   * @returns null where it never does.
   */
  of(point: Node | undefined, callee: string): SwitchCause | null {
    if (callee === 'await' || point?.type === 'AwaitExpression') return { why: 'await' };
    if (point === undefined || callee === ITERATOR) return UNKNOWN;
    const target = targetOf(point, this.scopes);
    if (target === 'plain') return null;
    if (target !== 'unknown') return this.throughCall(target);
    return this.ofForeign(point);
  }

  private throughCall(fn: Fn): SwitchCause | null {
    const lead = this.leads.get(fn);
    if (lead === undefined) return null;
    const { cause, line } = lead;
    return cause.why === 'unknown'
      ? UNKNOWN
      : { why: 'calls', what: cause.what ?? cause.why, leadsTo: line };
  }

  /** Follows the calls backward from the functions that switch by themselves; sure causes first. */
  private findLeads(): void {
    const callers = new Map<Fn, Fn[]>();
    const sure: [Fn, Lead][] = [];
    const unsure: [Fn, Lead][] = [];
    for (const fn of this.scopes.fns.values()) {
      for (const point of fn.points) {
        const target = targetOf(point, this.scopes);
        if (target === 'plain') continue;
        if (target !== 'unknown') {
          callers.set(target, [...(callers.get(target) ?? []), fn]);
          continue;
        }
        const cause = this.of(point, '');
        const list = cause?.why === 'unknown' ? unsure : sure;
        if (cause !== null) list.push([fn, { cause, line: this.lineAt(point.start) }]);
      }
    }
    for (const todo of [sure, unsure]) {
      for (const [fn, lead] of todo) {
        if (this.leads.has(fn)) continue;
        this.leads.set(fn, lead);
        for (const caller of callers.get(fn) ?? []) todo.push([caller, lead]);
      }
    }
  }

  /** A point at which nothing of the file itself runs. */
  private ofForeign(point: Node): SwitchCause | null {
    const called: Node | undefined = point.callee ?? point.tag;
    return called === undefined ? UNKNOWN : this.ofCallee(bare(called));
  }

  private ofCallee(callee: Node): SwitchCause | null {
    if (callee.type === 'Identifier') {
      const form = this.exported(this.scopes.uses.get(callee));
      if (form === undefined) return UNKNOWN;
      if (typeof form.form === 'object' || !form.form) return null;
      return { why: 'runtime', what: form.name };
    }
    if (!/^(?:Optional)?MemberExpression$/.test(callee.type) || callee.computed) return UNKNOWN;
    return this.ofMember(bare(callee.object), callee.property.name);
  }

  private ofMember(object: Node, method: string): SwitchCause | null {
    if (object.type !== 'Identifier') return this.ofInstance(object, method);
    const binding = this.scopes.uses.get(object);
    if (!binding) return UNKNOWN;
    if (binding.value?.type === 'ImportNamespaceSpecifier') {
      const form = this.forms[binding.source ?? '']?.[method];
      if (form === undefined) return UNKNOWN;
      return form === true ? { why: 'runtime', what: method } : null;
    }
    const own = this.exported(binding);
    if (own !== undefined && typeof own.form === 'object')
      return causeOf(own.name, own.form.statics, method);
    if (binding.assigned && binding.kind !== 'param') return UNKNOWN;
    const type = annotationOf(binding);
    if (type !== undefined) return this.ofClass(lookUp(binding.scope, type), method);
    return binding.value === undefined ? UNKNOWN : this.ofInstance(bare(binding.value), method);
  }

  /** A method of what an expression makes: `new Queue()`, or a greenlet that is spawned. */
  private ofInstance(made: Node, method: string): SwitchCause | null {
    const callee = made.callee === undefined ? undefined : bare(made.callee);
    if (callee?.type !== 'Identifier') return UNKNOWN;
    const binding = this.scopes.uses.get(callee);
    if (made.type === 'NewExpression') return this.ofClass(binding, method);
    const form = this.exported(binding);
    if (made.type !== 'CallExpression' || form === undefined || !SPAWNS.has(form.name))
      return UNKNOWN;
    return methodOf('Greenlet', this.forms.greenlets?.Greenlet, method);
  }

  private ofClass(binding: Binding | null | undefined, method: string): SwitchCause | null {
    const made = this.exported(binding);
    return made === undefined ? UNKNOWN : methodOf(made.name, made.form, method);
  }

  /** What a binding is in the runtime: an import of one of its names. */
  private exported(
    binding: Binding | null | undefined,
  ): { name: string; form: RuntimeForm } | undefined {
    const { source, value } = binding ?? {};
    if (source === undefined || value?.type !== 'ImportSpecifier') return undefined;
    const name: string = value.imported.name ?? value.imported.value;
    const form = this.forms[source]?.[name];
    return form === undefined ? undefined : { name, form };
  }
}

function methodOf(name: string, form: RuntimeForm | undefined, method: string): SwitchCause | null {
  return typeof form === 'object' ? causeOf(name, form.methods, method) : UNKNOWN;
}

function causeOf(name: string, switching: readonly string[], method: string): SwitchCause | null {
  return switching.includes(method) ? { why: 'runtime', what: `${name}.${method}` } : null;
}

/** The class that a parameter is declared to be of: `jobs: Queue<string>`. */
function annotationOf({ kind, name, scope }: Binding): string | undefined {
  if (kind !== 'param') return undefined;
  const params: Node[] = scope.fn.node.params ?? [];
  const declared = params.find((each) => each.type === 'Identifier' && each.name === name);
  return declared?.typeAnnotation?.typeAnnotation.typeName?.name;
}
