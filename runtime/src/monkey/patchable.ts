/**
 * What can be patched. A patched function stays the same object: it only gets a second form (`core/form.ts`), which greenlet code
 * calls instead. So whoever has imported it, by name or not, sees the patch, and nobody else does.
 */

import { type Form, linkForm, unlinkForm } from '../core/form.ts';

// biome-ignore lint/suspicious/noExplicitAny: Node's functions take whatever they take.
export type Callable = (this: any, ...args: any[]) => unknown;

/** One function of Node. */
export class Patchable {
  /** The module that it belongs to, or the global object: `fs`, `Atomics`. */
  readonly module: string;
  /** `readFileSync`, `Dir.readSync`. */
  readonly name: string;
  readonly fn: Callable;
  /** Whether it holds up all greenlets when it is not patched. */
  readonly blocks: boolean;
  private readonly form: Form;
  private otherwise: Form | undefined = undefined;
  private patched = false;
  private copy: Callable | undefined = undefined;

  constructor(module: string, name: string, fn: Callable, form: Form, blocks: boolean) {
    this.module = module;
    this.name = name;
    this.fn = fn;
    this.form = form;
    this.blocks = blocks;
  }

  get isPatched(): boolean {
    return this.patched;
  }

  /** Patches the function, or makes it what it was. */
  patch(on: boolean): void {
    this.patched = on;
    this.link();
  }

  /** Gives it a form for as long as it is not patched; undefined: none. */
  linkUnpatched(form: Form | undefined): void {
    this.otherwise = form;
    this.link();
  }

  /** A function that does what this one did before it was patched, with its name and its length; always the same. */
  original(): Callable {
    this.copy ??= withoutForm(this.fn);
    return this.copy;
  }

  private link(): void {
    const form = this.patched ? this.form : this.otherwise;
    if (form === undefined) unlinkForm(this.fn);
    else linkForm(this.fn, form);
  }
}

/** A function that holds up all greenlets when it is not patched. */
export function blocking(module: string, name: string, fn: Callable, form: Form): Patchable {
  return new Patchable(module, name, fn, form, true);
}

/** A function that does not block, and is patched for another reason. */
export function calling(module: string, name: string, fn: Callable, form: Form): Patchable {
  return new Patchable(module, name, fn, form, false);
}

function withoutForm(fn: Callable): Callable {
  const copy: Callable = function (this: unknown, ...args) {
    return Reflect.apply(fn, this, args);
  };
  const { name, length } = fn;
  return Object.defineProperties(copy, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  });
}
