/**
 * `new` of classes and functions that may switch.
 *
 * Such a class has the body of its constructor as a generator method, which `$class` takes off its prototype. Its real constructor
 * only makes the object, since private names and class fields need V8's own `new`: the base class makes it and runs no
 * code of the program; a derived class, which is told what `super()` has made, lets V8 install its fields there. A class
 * whose parent has no second form calls the parent's real constructor.
 */

import { aloud, raised } from '../core/aloud.ts';
import { registerBoundary } from '../core/boundary.ts';
import { framed } from '../core/call.ts';
import { FORM, type Form, formOf, type Link, linkForm, stampOf } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import {
  asksForValues,
  constructingNative,
  nativeArguments,
  takers,
} from './native-constructors.ts';
import { isObject } from './open.ts';
import { $ordinary, NOT_CONSTRUCTIBLE, switchThen } from './prepare.ts';
import { install, make, makeWith, takeGiven, takeMaking } from './real-constructor.ts';

type Constructor = new (...args: unknown[]) => object;

/** The record of a class whose construction may switch. */
interface Blueprint {
  readonly owner: Constructor;
  readonly derived: boolean;
  /** Whether the constructor has `return` statements, so that its result has to be looked at. */
  readonly returns: boolean;
  /** Whether the body asks for its construction. */
  readonly reads: boolean;
  /** Whether an object of this base class is an empty one, which takes no real constructor to make. */
  readonly bare: boolean;
  /** The constructor's body; null where the program has written none. */
  readonly body: Form | null;
  readonly fields: readonly Field[];
}

/** A field whose initializer is a form; a private one is set by the form itself. */
interface Field {
  readonly key: PropertyKey | null;
  readonly form: Form | null;
}

const BLUEPRINT: unique symbol = Symbol('greenlets.blueprint') as never;
const DERIVED = 1;
const RETURNS = 2;
const READS = 4;
const BARE = 8;

/**
 * Gives a class its second form.
 *
 * @param flags 1 for a class that extends another, plus 2 where its constructor has `return` statements, plus 4 where it uses
 *   its construction: `$begin`; plus 8 where nothing is put on an object before the body runs.
 * @param body the name of the generator method that is the constructor's body; 0: it has none.
 * @param fields pairs: the key of a field (0 for a private one), and the generator method that initializes it (0: none).
 */
export function $class(
  owner: Constructor,
  flags: number,
  body: string | 0,
  ...fields: (PropertyKey | 0)[]
): void {
  const list: Field[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const key = fields[at] as PropertyKey | 0;
    list.push({ key: key === 0 ? null : key, form: takeForm(owner, fields[at + 1] as string | 0) });
  }
  const value: Blueprint = {
    owner,
    derived: (flags & DERIVED) !== 0,
    returns: (flags & RETURNS) !== 0,
    reads: (flags & READS) !== 0,
    bare: (flags & BARE) !== 0,
    body: takeForm(owner, body),
    fields: list,
  };
  Object.defineProperty(owner, BLUEPRINT, { value, configurable: true });
}

function takeForm({ prototype }: Constructor, name: string | 0): Form | null {
  if (name === 0) return null;
  const forms = prototype as Record<string, Form>;
  const form = forms[name] as Form;
  delete forms[name];
  return form;
}

/** Whether `new callee(…)` is left to V8: nothing in it has a second form. */
export function $isPlain(callee: unknown): boolean {
  return (
    typeof callee === 'function' &&
    (callee as { [BLUEPRINT]?: Blueprint })[BLUEPRINT] === undefined &&
    (callee as { [FORM]?: Link })[FORM] === undefined &&
    stampOf(callee) === undefined &&
    !takers.has(callee)
  );
}

/** `new callee(…)`. */
export function $new(callee: unknown, ...args: unknown[]): Frame {
  return newWith(callee, args);
}

function newWith(callee: unknown, args: readonly unknown[]): Frame {
  const blueprint = blueprintOf(callee);
  if (blueprint !== undefined) return construct(blueprint, args, callee as Constructor);
  if (!isConstructor(callee)) return NOT_CONSTRUCTIBLE;
  return constructFunction(callee, args, callee);
}

/** `$new` for tests: every construction gives way once before it is made. */
export function $newSwitching(callee: unknown, ...args: unknown[]): Frame {
  if (hub.current === null || hub.barrier > 0 || !isConstructor(callee))
    return newWith(callee, args);
  return switchThen(() => newWith(callee, args));
}

const generatorPrototypes = [function* () {}, async function* () {}].map((each) =>
  Object.getPrototypeOf(each),
);

function isGenerator(callee: object): boolean {
  return generatorPrototypes.includes(Object.getPrototypeOf(callee));
}

function isConstructor(callee: unknown): callee is Constructor {
  if (typeof callee !== 'function') return false;
  if (Object.hasOwn(callee, 'prototype') && !isGenerator(callee)) return true;
  try {
    // Makes nothing of it: only whether it could is asked.
    Reflect.construct(Object, [], callee);
    return true;
  } catch {
    return false;
  }
}

function blueprintOf(callee: unknown): Blueprint | undefined {
  if (typeof callee !== 'function') return undefined;
  const blueprint = (callee as { [BLUEPRINT]?: Blueprint })[BLUEPRINT];
  return blueprint?.owner === callee ? blueprint : undefined;
}

/** Constructs with a class that has a second form. */
function construct(blueprint: Blueprint, args: readonly unknown[], target: Constructor): Frame {
  const { body, returns, reads, fields, derived, owner } = blueprint;
  if (body === null || returns || (fields.length > 0 && !derived))
    return new Construction(blueprint, target).run(args);
  if (reads || derived) return new Construction(blueprint, target).begin(args);
  return Reflect.apply(body, blueprint.bare ? emptyOf(target) : make(owner, target), args);
}

/** Constructs with a function, or with a class that is left to V8. */
function constructFunction(
  callee: Constructor,
  args: readonly unknown[],
  target: Constructor,
): Frame {
  const form = constructibleForm(callee);
  if (form !== undefined) return constructing(form, args, target);
  if (asksForValues(callee, args)) return constructingNative(callee, args, target);
  if (hub.onRaise === null) return finished(Reflect.construct(callee, args, target));
  return finished(aloud(() => Reflect.construct(callee, args, target)));
}

/** The second form of a function that can be constructed. */
function constructibleForm(callee: unknown): Form | undefined {
  return typeof callee === 'function' && Object.hasOwn(callee, 'prototype')
    ? formOf(callee)
    : undefined;
}

/** What V8 makes for a function or base class. */
function emptyOf({ prototype }: Constructor): object {
  return Object.create(isObject(prototype) ? prototype : Object.prototype);
}

function* constructing(
  form: Form,
  args: readonly unknown[],
  target: Constructor,
): Generator<undefined, object, unknown> {
  const object = emptyOf(target);
  const frame = Reflect.apply(form, object, args);
  if (readers.has(form)) running = { target };
  const returned = yield* framed(frame);
  return isObject(returned) ? returned : object;
}

/** One use of `new`, on one class of the chain. */
class Construction {
  /** `new.target`. */
  readonly target: Constructor;
  private readonly blueprint: Blueprint;
  private object: object | undefined = undefined;

  constructor(blueprint: Blueprint, target: Constructor, object?: object) {
    this.blueprint = blueprint;
    this.target = target;
    this.object = object;
  }

  /** `this`. */
  get self(): object {
    if (this.object !== undefined) return this.object;
    throw raised(
      new ReferenceError(
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
      ),
    );
  }

  /** The frame of the constructor's body; a base class's object is made first. */
  begin(args: readonly unknown[]): Frame {
    const { owner, derived, body, reads } = this.blueprint;
    if (!derived && this.object === undefined) this.object = make(owner, this.target);
    const frame = Reflect.apply(body as Form, this.object, args);
    if (reads) running = this;
    return frame;
  }

  /** The whole construction, with what its simple form leaves out. */
  *run(args: readonly unknown[]): Generator<undefined, unknown, unknown> {
    const { owner, derived, body } = this.blueprint;
    if (!derived) {
      this.object ??= make(owner, this.target);
      yield* this.initialize();
    }
    if (body === null) return derived ? yield* this.superWith(args) : this.self;
    return this.end(yield* framed(this.begin(args)));
  }

  /** `super(…)`. Returns `this`. */
  super(...args: unknown[]): Generator<undefined, unknown, unknown> {
    return this.superWith(args);
  }

  private *superWith(args: readonly unknown[]): Generator<undefined, unknown, unknown> {
    const { owner } = this.blueprint;
    const object = yield* this.parent(Object.getPrototypeOf(owner), args);
    if (this.object !== undefined)
      throw raised(new ReferenceError('Super constructor may only be called once'));
    this.object = object;
    yield* this.initialize();
    return object;
  }

  /** What the parent makes of the arguments, with this class's own fields installed. */
  private *parent(
    parent: unknown,
    args: readonly unknown[],
  ): Generator<undefined, object, unknown> {
    const { owner } = this.blueprint;
    const { target } = this;
    const blueprint = blueprintOf(parent);
    if (blueprint !== undefined)
      return install(owner, target, (yield* framed(construct(blueprint, args, target))) as object);
    const form = constructibleForm(parent);
    if (form !== undefined) return install(owner, target, yield* constructing(form, args, target));
    return makeWith(owner, target, yield* nativeArguments(parent, args));
  }

  /** The same in code that cannot switch. */
  superNow(...args: unknown[]): unknown {
    return runNow(this.superWith(args));
  }

  /** Runs the initializers that are forms. */
  private *initialize(): Generator<undefined, void, unknown> {
    const { self } = this;
    const { fields } = this.blueprint;
    for (let at = 0; at < fields.length; at++) {
      const { key, form } = fields[at] as Field;
      const value = form === null ? undefined : yield* framed(Reflect.apply(form, self, []));
      if (key !== null)
        Object.defineProperty(self, key, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
    }
  }

  /** `super[key]` in a derived class's constructor. */
  get(key: PropertyKey): unknown {
    const { prototype } = this.blueprint.owner;
    return Reflect.get(Object.getPrototypeOf(prototype), key, this.self);
  }

  /** What `new` gives: an object that the body has returned, or `this`. */
  end(returned?: unknown): object {
    if (isObject(returned)) return returned;
    if (this.blueprint.derived && returned !== undefined)
      throw raised(new TypeError('Derived constructors may only return object or undefined'));
    return this.self;
  }
}

/** What the body of a function that is merely called gets. */
const CALLED = { target: undefined };
let running: Construction | { readonly target: unknown } | null = null;

/** The construction whose body begins right now. */
export function $begin(): Construction | { readonly target: unknown } {
  const construction = running ?? CALLED;
  running = null;
  return construction;
}

/** The form of a function that uses `new.target`: constructing with it lets the body know. */
export function $targets(form: Form): Form {
  readers.add(form);
  return form;
}

const readers = new WeakSet<Form>();

/** The body of the ordinary form of such a function. */
export function $ordinaryTarget(
  name: string,
  form: Form,
  self: unknown,
  args: ArrayLike<unknown>,
  target: unknown,
): unknown {
  if (target === undefined) return $ordinary(name, form, self, args);
  const informed: Form = function (this: unknown, ...list: unknown[]) {
    const frame = Reflect.apply(form, this, list);
    running = { target };
    return frame;
  };
  return $ordinary(name, informed, self, args);
}

/** The body of the real constructor of a base class. */
export function $base(
  owner: Constructor,
  self: object,
  target: Constructor,
  args: ArrayLike<unknown>,
): unknown {
  const given = takeGiven();
  if (given !== null) return given;
  if (takeMaking()) return self;
  const blueprint = blueprintOf(owner) as Blueprint;
  return runNow(new Construction(blueprint, target, self).run(arrayOf(args)));
}

/** The body of the real constructor of a derived class, unless it has to call its parent's. */
export function $derived(
  owner: Constructor,
  target: Constructor,
  args: ArrayLike<unknown>,
): unknown {
  const given = takeGiven();
  if (given !== null) return given;
  const blueprint = blueprintOf(owner) as Blueprint;
  return runNow(new Construction(blueprint, target).run(arrayOf(args)));
}

registerBoundary($base, true);
registerBoundary($derived, true);

function arrayOf(args: ArrayLike<unknown>): unknown[] {
  return Array.prototype.slice.call(args);
}

/** Runs a frame for a caller that cannot suspend. */
export function runNow(frame: Frame): unknown {
  hub.barrier++;
  try {
    return frame.next().value;
  } finally {
    hub.barrier--;
  }
}

/** `Reflect.construct(…)` constructs as `new` does. */
linkForm(Reflect.construct, function (this: unknown, callee, list, target = callee) {
  const blueprint = blueprintOf(callee);
  if (!isConstructor(callee) || !isConstructor(target) || !isObject(list))
    return finished(Reflect.construct(callee, list, target));
  const args = arrayOf(list as unknown as ArrayLike<unknown>);
  if (blueprint !== undefined) return construct(blueprint, args, target);
  return constructFunction(callee, args, target);
});
