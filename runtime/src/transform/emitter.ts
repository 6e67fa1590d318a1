/**
 * Writes the output: walks the tree in the order of the source with a cursor, and everything between what it changes is copied
 * as it stands. What a type of node needs is in the handlers of the other files of this room; none of them imports another.
 */

import type { Loading } from './module.ts';
import { childrenOf, type Node } from './node.ts';
import type { Slot } from './rope.ts';
import type { Fn, Scope } from './scope.ts';
import type { Unit } from './unit.ts';
import { Writer } from './writer.ts';

/** How the code that is being written can switch: not at all, by `yield`, or, at a module's top level, by `await`. A script's is a generator. */
export type Mode = 'plain' | 'yield' | 'await';

/** The function whose code is being written. */
export interface Activation {
  readonly fn: Fn;
  readonly name: string;
  readonly mode: Mode;
  readonly parent: Activation | null;
  /** Where its helper variables are declared. */
  slot: Slot | null;
  /** Its helper variables. */
  readonly temps: Set<string>;
  /** In how many `try` blocks with a `catch` the cursor is. */
  guards: number;
  /** Whether an arrow function inside needs this function's `arguments` under another name. */
  aliasArguments: boolean;
  /** Whether one needs its `super`. */
  aliasSuper: boolean;
  /** Whether one needs its `new.target`. */
  aliasTarget: boolean;
}

export type Handler = (emitter: Emitter, node: Node) => void;

export class Emitter extends Writer {
  readonly unit: Unit;
  activation: Activation;
  scope: Scope;
  /** The private methods of the classes around the cursor that have two forms. */
  privates: ReadonlySet<string> = new Set();
  /** The member accesses that are called where they stand. */
  readonly plainCallees = new Set<Node>();
  /** By method: the helper variable that keeps its computed key. */
  readonly keptKeys = new Map<Node, string>();
  private readonly handlers: Readonly<Record<string, Handler>>;

  /** Who loads the module, if it is not Node by `import`. */
  readonly loading: Loading | undefined;

  constructor(
    unit: Unit,
    handlers: Readonly<Record<string, Handler>>,
    program: Node,
    loading?: Loading,
  ) {
    super(unit.code, unit.origin);
    this.unit = unit;
    this.loading = loading;
    this.handlers = handlers;
    const { module } = unit.scopes;
    const waits = loading !== 'required' && unit.switching.mayFunction(module);
    const mode = !waits ? 'plain' : unit.scopes.isScript ? 'yield' : 'await';
    this.activation = newActivation(module, '<module>', mode, null);
    this.scope = unit.scopes.scopes.get(program) as Scope;
  }

  /** Copies up to a node and writes it. Afterwards the cursor is at its end. */
  emit(node: Node): void {
    this.copyTo(node.start);
    const { scope } = this;
    this.scope = this.unit.scopes.scopes.get(node) ?? scope;
    const handler = Object.hasOwn(this.handlers, node.type) ? this.handlers[node.type] : undefined;
    if (handler !== undefined) handler(this, node);
    else this.emitChildren(node);
    this.scope = scope;
  }

  /** Writes a node as it stands, with its children. */
  emitChildren(node: Node): void {
    for (const child of childrenOf(node)) {
      if (child.start >= this.cursor) this.emit(child);
    }
    this.copyTo(node.end);
  }

  emitAll(nodes: readonly (Node | null | undefined)[]): void {
    for (const each of nodes) if (each) this.emit(each);
  }

  /** Runs `write` for a function's own code. */
  inside(fn: Fn, name: string, mode: Mode, write: () => void): void {
    const outer = this.activation;
    const { scope } = this;
    this.activation = newActivation(fn, name, mode, outer);
    this.scope = this.unit.scopes.scopes.get(fn.node) ?? scope;
    write();
    this.declareTemps();
    this.activation = outer;
    this.scope = scope;
  }

  /** Runs `write` for code of this function that cannot switch, such as its parameter list. */
  plainly(write: () => void): void {
    const { activation } = this;
    this.activation = { ...activation, mode: 'plain' };
    write();
    this.activation = activation;
  }

  /**
   * The function around an arrow function that has become a generator, whose `arguments` and `super` the arrow function can only
   * reach by another name; undefined where it can use its own.
   */
  homeOfArrow(): Activation | undefined {
    let at = this.activation;
    let moved = false;
    while (at.fn.kind === 'arrow') {
      if (at.mode === 'yield') moved = true;
      if (at.parent === null) return undefined;
      at = at.parent;
    }
    const isModule = at.fn.kind === 'module' && !this.unit.scopes.isScript;
    return moved && !isModule ? at : undefined;
  }

  /** The nearest function with its own `this`. */
  home(): Activation {
    let at = this.activation;
    while (at.fn.kind === 'arrow' && at.parent !== null) at = at.parent;
    return at;
  }

  /** Whether that is a constructor with a second form, whose `this` is what `super()` has made. */
  isDerivedForm(): boolean {
    const { fn, mode } = this.home();
    return fn.kind === 'constructor' && fn.derived && mode === 'yield';
  }

  /** How `this` is written here. */
  thisText(): string {
    return this.isDerivedForm() ? `${this.unit.helper('$c')}.self` : 'this';
  }

  /** The name of a helper variable of the running function. */
  temp(name: string): string {
    const chosen = this.unit.helper(name);
    this.activation.temps.add(chosen);
    return chosen;
  }

  /** A helper variable of the running function that nothing else uses. */
  freshTemp(name: string): string {
    const { temps } = this.activation;
    for (let count = 1; ; count++) {
      const chosen = this.unit.helper(`${name}${count}`);
      if (temps.has(chosen)) continue;
      temps.add(chosen);
      return chosen;
    }
  }

  /** Opens the place where the running function's helper variables are declared. */
  openSlot(): void {
    this.activation.slot = this.rope.slot();
  }

  declareTemps(): void {
    const { slot, temps, aliasArguments, aliasSuper, aliasTarget } = this.activation;
    if (slot === null) return;
    if (temps.size > 0) slot.text += `var ${[...temps].join(',')};`;
    if (aliasArguments) slot.text += `const ${this.unit.helper('$arguments')}=arguments;`;
    if (aliasSuper) slot.text += `const ${this.unit.helper('$super')}=($k)=>super[$k];`;
    if (aliasTarget) slot.text += `const ${this.unit.helper('$c')}={target:new.target};`;
  }

  /** @throws {SourceError} which names the construct, the file and the line. */
  unsupported(what: string, node: Node): never {
    throw this.unit.error(`${what} cannot be transformed yet`, node.start);
  }
}

function newActivation(fn: Fn, name: string, mode: Mode, parent: Activation | null): Activation {
  return {
    fn,
    name,
    mode,
    parent,
    slot: null,
    temps: new Set(),
    guards: 0,
    aliasArguments: false,
    aliasSuper: false,
    aliasTarget: false,
  };
}
