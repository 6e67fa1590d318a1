/**
 * Decorators as ECMAScript proposes them (the state of 2023-11, which TypeScript has). Transformed code tells which members there are
 * as their decorators are evaluated; `begin` calls all decorators, and the rest is asked for while the class and its objects are made.
 */

import { raised } from '../core/aloud.ts';

type Kind = 'method' | 'getter' | 'setter' | 'field' | 'accessor';
type Fn = (this: unknown, ...args: unknown[]) => unknown;
type Class = { prototype: object; name?: unknown };

interface Access {
  has(object: object): boolean;
  get?(object: object): unknown;
  set?(object: object, value: unknown): void;
}

/** A member of the class. */
interface Member {
  readonly kind: Kind;
  readonly isStatic: boolean;
  key: PropertyKey;
  readonly decorators: readonly unknown[];
  /** For private members: how they are reached. */
  readonly access: Access | undefined;
  /** For private methods and accessors: the functions themselves. */
  readonly own: object | undefined;
  get: Fn | undefined;
  set: Fn | undefined;
  method: Fn | undefined;
  /** What decorators do with a field's first value. */
  readonly initializers: Fn[];
  /** What `addInitializer` of a field was given: it runs when the field exists. */
  readonly after: Fn[];
  /** The value of a static `accessor`, where the class may have been replaced. */
  stored: unknown;
}

/** The key of the methods in whose computed keys decorators are evaluated. */
const HOLDER = Symbol('decorators');

/** A decorator that was written as a member: `@a.b`. */
class MethodOf {
  readonly self: unknown;
  readonly fn: unknown;

  constructor(self: unknown, key: string) {
    this.self = self;
    this.fn = (self as Record<string, unknown>)[key];
  }
}

/** `@a.b`: the decorator and what it is called on. */
export function $methodOf(object: unknown, key: string): unknown {
  return new MethodOf(object, key);
}

/** Begins a class with decorators. */
export function $decorators(list: readonly unknown[] = []): Decorators {
  return new Decorators(list);
}

/** The decorators of one class. */
class Decorators {
  private readonly list: readonly unknown[];
  private readonly members: Member[] = [];
  private readonly instance: Fn[] = [];
  private readonly classInitializers: Fn[] = [];
  private owner!: Class;

  constructor(list: readonly unknown[]) {
    this.list = list;
  }

  /** A member whose decorators have been evaluated. Returns the key of the method that holds the place. */
  member(
    kind: Kind,
    isStatic: number,
    key: PropertyKey,
    decorators: readonly unknown[],
    access?: Access,
    own?: object,
  ): symbol {
    for (const each of decorators) {
      const fn = each instanceof MethodOf ? each.fn : each;
      if (typeof fn !== 'function') throw raised(new TypeError('A decorator must be a function'));
    }
    this.members.push({
      kind,
      isStatic: isStatic === 1,
      key,
      decorators,
      access,
      own,
      get: undefined,
      set: undefined,
      method: undefined,
      initializers: [],
      after: [],
      stored: undefined,
    });
    return HOLDER;
  }

  /** The computed key of a member, which is evaluated after its decorators. */
  key(index: number, value: unknown): PropertyKey {
    const key = toPropertyKey(value);
    this.at(index).key = key;
    return key;
  }

  /** The same in a method that holds the place of the member. */
  holder(index: number, value: unknown): symbol {
    this.key(index, value);
    return HOLDER;
  }

  keyOf(index: number): PropertyKey {
    return this.at(index).key;
  }

  /** Calls the decorators. Returns the class, or what they put in its place. */
  begin(owner: Class): unknown {
    Reflect.deleteProperty(owner, HOLDER);
    this.owner = owner;
    const metadata = Object.create(inheritedMetadata(owner));
    const atStart: Fn[] = [];
    for (const [isStatic, isField] of [
      [true, false],
      [false, false],
      [true, true],
      [false, true],
    ]) {
      for (const each of this.members) {
        if (each.isStatic !== isStatic || (each.kind === 'field') !== isField) continue;
        const shared = isStatic ? atStart : this.instance;
        const separate = isField || each.kind === 'accessor';
        decorateMember(owner, each, separate ? each.after : shared, metadata);
      }
    }
    this.owner = decorateClass(owner, this.list, this.classInitializers, metadata);
    Object.defineProperty(this.owner, metadataSymbol(), {
      value: metadata,
      configurable: true,
      enumerable: true,
      writable: true,
    });
    for (const each of atStart) Reflect.apply(each, this.owner, []);
    return this.owner;
  }

  /** The static members are all there. */
  end(): void {
    for (const each of this.classInitializers) Reflect.apply(each, this.owner, []);
  }

  /** An object is being made, and has no fields yet. */
  initialize(object: unknown): void {
    for (const each of this.instance) Reflect.apply(each, object, []);
  }

  /** The first value of a field. */
  value(index: number, object: unknown, value: unknown): unknown {
    let result = value;
    for (const each of this.at(index).initializers) result = Reflect.apply(each, object, [result]);
    return result;
  }

  /** The field is there. */
  after(index: number, object: unknown): void {
    for (const each of this.at(index).after) Reflect.apply(each, object, []);
  }

  /** A public static field of a class that may have been replaced. */
  define(index: number, value: unknown): void {
    const { owner } = this;
    Object.defineProperty(owner, this.at(index).key, {
      value: this.value(index, owner, value),
      configurable: true,
      enumerable: true,
      writable: true,
    });
    this.after(index, owner);
  }

  load(index: number): unknown {
    return this.at(index).stored;
  }

  store(index: number, value: unknown): void {
    this.at(index).stored = value;
  }

  /** A private method. */
  method(index: number): unknown {
    return this.at(index).method;
  }

  /** Reads a private accessor. */
  read(index: number, object: unknown): unknown {
    return Reflect.apply(this.at(index).get as Fn, object, []);
  }

  /** Writes a private accessor. */
  write(index: number, object: unknown, value: unknown): void {
    Reflect.apply(this.at(index).set as Fn, object, [value]);
  }

  private at(index: number): Member {
    return this.members[index] as Member;
  }
}

/** The slots of a descriptor that a kind of member has. */
const SLOTS = {
  method: ['method'],
  getter: ['get'],
  setter: ['set'],
  accessor: ['get', 'set'],
  field: [],
} as const;

function decorateMember(owner: Class, member: Member, initializers: Fn[], metadata: object): void {
  const { kind, isStatic, key, decorators, own } = member;
  const home = isStatic ? owner : owner.prototype;
  const isPrivate = member.access !== undefined;
  let descriptor: PropertyDescriptor = {};
  if (own !== undefined) {
    // `super` in it means what it means in the class.
    Object.setPrototypeOf(own, Object.getPrototypeOf(home));
    descriptor = Object.getOwnPropertyDescriptor(own, key) as PropertyDescriptor;
  } else if (kind !== 'field') {
    descriptor = Object.getOwnPropertyDescriptor(home, key) as PropertyDescriptor;
  }
  member.get = descriptor.get as Fn | undefined;
  member.set = descriptor.set as Fn | undefined;
  member.method = descriptor.value as Fn | undefined;
  if (decorators.length === 0) return;
  const access = member.access ?? publicAccess(kind, key);
  for (const decorator of decorators.toReversed()) {
    const frame = { finished: false };
    const context = {
      kind,
      name: key,
      static: isStatic,
      private: isPrivate,
      access,
      addInitializer: adder(initializers, frame),
      metadata,
    };
    const given =
      kind === 'field'
        ? undefined
        : kind === 'accessor'
          ? { get: member.get, set: member.set }
          : member[SLOTS[kind][0]];
    const result = callDecorator(decorator, given, context, frame);
    if (result === undefined) continue;
    if (kind === 'accessor') acceptAccessor(member, result);
    else if (typeof result !== 'function')
      throw raised(new TypeError(`A ${kind} decorator must return a function or undefined`));
    else if (kind === 'field') member.initializers.unshift(result as Fn);
    else member[SLOTS[kind][0]] = result as Fn;
  }
  if (isPrivate || kind === 'field') return;
  const { get, set, method } = member;
  const changed =
    kind === 'method'
      ? { value: method }
      : kind === 'getter'
        ? { get }
        : kind === 'setter'
          ? { set }
          : { get, set };
  Object.defineProperty(home, key, { ...descriptor, ...changed });
}

function acceptAccessor(member: Member, result: unknown): void {
  if (typeof result !== 'object' || result === null)
    throw raised(new TypeError('An accessor decorator must return an object or undefined'));
  const { get, set, init } = result as Record<string, unknown>;
  for (const [name, value] of Object.entries({ get, set, init })) {
    if (value !== undefined && typeof value !== 'function')
      throw raised(
        new TypeError(`The ${name} that an accessor decorator returns must be a function`),
      );
  }
  if (get !== undefined) member.get = get as Fn;
  if (set !== undefined) member.set = set as Fn;
  if (init !== undefined) member.initializers.unshift(init as Fn);
}

function decorateClass(
  owner: Class,
  decorators: readonly unknown[],
  initializers: Fn[],
  metadata: object,
): Class {
  let result = owner;
  const name = Object.getOwnPropertyDescriptor(owner, 'name')?.value;
  for (const decorator of decorators.toReversed()) {
    const frame = { finished: false };
    const addInitializer = adder(initializers, frame);
    const context = { kind: 'class', name, addInitializer, metadata };
    const replacement = callDecorator(decorator, result, context, frame);
    if (replacement === undefined) continue;
    if (typeof replacement !== 'function')
      throw raised(new TypeError('A class decorator must return a function or undefined'));
    result = replacement as unknown as Class;
  }
  return result;
}

function callDecorator(
  decorator: unknown,
  value: unknown,
  context: object,
  frame: { finished: boolean },
): unknown {
  const isMethod = decorator instanceof MethodOf;
  const fn = isMethod ? decorator.fn : decorator;
  if (typeof fn !== 'function') throw raised(new TypeError('A decorator must be a function'));
  try {
    return Reflect.apply(fn, isMethod ? decorator.self : undefined, [value, context]);
  } finally {
    frame.finished = true;
  }
}

/** The context's `addInitializer`, which works as long as the decorator runs. */
function adder(initializers: Fn[], frame: { finished: boolean }): (initializer: unknown) => void {
  return (initializer) => {
    if (frame.finished)
      throw raised(
        new TypeError('addInitializer cannot be called after the decorator has returned'),
      );
    if (typeof initializer !== 'function')
      throw raised(new TypeError('An initializer must be a function'));
    initializers.push(initializer as Fn);
  };
}

function publicAccess(kind: Kind, key: PropertyKey): Access {
  type Keyed = Record<PropertyKey, unknown>;
  const access: Access = { has: (object) => key in object };
  if (kind !== 'setter') access.get = (object) => (object as Keyed)[key];
  if (kind !== 'method' && kind !== 'getter')
    access.set = (object, value) => {
      (object as Keyed)[key] = value;
    };
  return access;
}

/** Node 20 has no `Symbol.metadata`; a program may have made one, and libraries agree on this one otherwise. */
function metadataSymbol(): symbol {
  return (Symbol as { metadata?: symbol }).metadata ?? Symbol.for('Symbol.metadata');
}

function inheritedMetadata(owner: Class): object | null {
  const parent = Object.getPrototypeOf(owner) as Record<symbol, object> | null;
  return parent?.[metadataSymbol()] ?? null;
}

function toPropertyKey(value: unknown): PropertyKey {
  return Reflect.ownKeys({ [value as PropertyKey]: 0 })[0] as PropertyKey;
}
