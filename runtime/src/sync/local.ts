/** An object whose properties each greenlet has for itself (gevent's `local`). */

import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';

type Store = Record<PropertyKey, unknown>;

/** What belongs to code outside any greenlet. */
const OUTSIDE = {};

/** All locals that are alive: a tree of greenlets shows what each holds in them. */
const known = new Set<WeakRef<Storage>>();
const forgotten = new FinalizationRegistry<WeakRef<Storage>>((reference) => {
  known.delete(reference);
});

/** The object whose constructor is being run again for another greenlet. */
let initializing: Storage | null = null;

/**
 * Each greenlet sees properties of its own. A subclass's constructor runs again in every greenlet that uses the object, with the
 * arguments that it has passed on to this one:
 *
 *     class Request extends Local {
 *       declare user: string;
 *       constructor(user: string) {
 *         super(user);
 *         this.user = user;
 *       }
 *     }
 *
 * Methods and accessors of the subclass are shared; private members (`#name`) are not supported. The properties live as long as
 * the greenlet object.
 */
export class Local {
  [name: string]: unknown;

  constructor(...args: unknown[]) {
    const again = initializing;
    if (again !== null && again.type === new.target) {
      initializing = null;
      // biome-ignore lint/correctness/noConstructorReturn: the constructor of a subclass fills the same object again.
      return again.proxy as this;
    }
    const storage = new Storage(new.target, args);
    // biome-ignore lint/correctness/noConstructorReturn: the proxy is the object.
    return storage.proxy as this;
  }
}

/** What a greenlet holds in all locals: the class of each, and the properties. */
export function allLocalsOf(greenlet: Greenlet): [type: string, properties: Store][] {
  const found: [string, Store][] = [];
  for (const reference of known) {
    const storage = reference.deref();
    const store = storage?.stores.get(greenlet);
    if (storage !== undefined && store !== undefined) found.push([storage.type.name, { ...store }]);
  }
  return found;
}

/** One local's properties, by greenlet. */
class Storage implements ProxyHandler<object> {
  readonly type: typeof Local;
  readonly proxy: object;
  readonly stores = new WeakMap<object, Store>();
  private readonly args: readonly unknown[];

  constructor(type: typeof Local, args: readonly unknown[]) {
    this.type = type;
    this.args = args;
    this.proxy = new Proxy(Object.create(type.prototype), this);
    // The constructor that makes the object fills in the properties of the greenlet that runs it.
    this.stores.set(hub.current ?? OUTSIDE, Object.create(null));
    const reference = new WeakRef<Storage>(this);
    known.add(reference);
    forgotten.register(this.proxy, reference);
  }

  get(target: object, name: PropertyKey, receiver: unknown): unknown {
    const store = this.store();
    return name in store ? store[name] : Reflect.get(target, name, receiver);
  }

  set(target: object, name: PropertyKey, value: unknown, receiver: unknown): boolean {
    const store = this.store();
    if (!(name in store) && hasSetter(target, name)) {
      return Reflect.set(target, name, value, receiver);
    }
    store[name] = value;
    return true;
  }

  has(target: object, name: PropertyKey): boolean {
    return name in this.store() || Reflect.has(target, name);
  }

  deleteProperty(_target: object, name: PropertyKey): boolean {
    return Reflect.deleteProperty(this.store(), name);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.store());
  }

  getOwnPropertyDescriptor(_target: object, name: PropertyKey): PropertyDescriptor | undefined {
    const descriptor = Reflect.getOwnPropertyDescriptor(this.store(), name);
    // A proxy may only show properties as configurable that its target does not have.
    return descriptor && { ...descriptor, configurable: true };
  }

  defineProperty(_target: object, name: PropertyKey, descriptor: PropertyDescriptor): boolean {
    return Reflect.defineProperty(this.store(), name, { ...descriptor, configurable: true });
  }

  private store(): Store {
    const greenlet = hub.current ?? OUTSIDE;
    let store = this.stores.get(greenlet);
    if (store === undefined) {
      store = Object.create(null) as Store;
      this.stores.set(greenlet, store);
      if (this.type !== Local) this.initialize();
    }
    return store;
  }

  private initialize(): void {
    const outer = initializing;
    initializing = this;
    try {
      Reflect.construct(this.type, this.args);
    } finally {
      initializing = outer;
    }
  }
}

function hasSetter(target: object, name: PropertyKey): boolean {
  for (let at: object | null = target; at !== null; at = Reflect.getPrototypeOf(at)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(at, name);
    if (descriptor !== undefined) return descriptor.set !== undefined;
  }
  return false;
}
