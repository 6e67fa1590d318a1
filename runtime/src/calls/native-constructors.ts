/** Built-in classes that ask an iterator for values or call back, where that may switch. */

import { called, framed } from '../core/call.ts';
import { formOf, linkForm } from '../core/form.ts';
import type { Frame } from '../core/frame.ts';
import { $spread } from './collect.ts';

type Constructor = new (...args: unknown[]) => object;

/** Built-in classes that take an iterable, and Promise, which calls back. */
export const takers: ReadonlySet<unknown> = new Set([
  Promise,
  Map,
  Set,
  WeakMap,
  WeakSet,
  Object.getPrototypeOf(Uint8Array),
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array],
  ...[Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array],
]);

/** Whether constructing with a built-in class has to be done by the runtime, because something in it may switch. */
export function asksForValues(callee: unknown, [first]: readonly unknown[]): boolean {
  if (callee === Promise) return formOf(first) !== undefined;
  return typeof first === 'object' && first !== null && takers.has(callee);
}

/** Constructs with such a class. */
export function* constructingNative(
  callee: Constructor,
  args: readonly unknown[],
  target: Constructor,
): Generator<undefined, object, unknown> {
  if (callee !== Promise)
    return Reflect.construct(callee, yield* nativeArguments(callee, args), target);
  let settle: readonly ((value: unknown) => void)[] = [];
  const keep = (...functions: ((value: unknown) => void)[]) => {
    settle = functions;
  };
  const promise = Reflect.construct(Promise, [keep], target);
  try {
    yield* called(args[0], undefined, ...settle);
  } catch (error) {
    settle[1]?.(error);
  }
  return promise;
}

/** The arguments for a built-in class: an iterable that may switch is fetched first. */
export function* nativeArguments(
  callee: unknown,
  args: readonly unknown[],
): Generator<undefined, readonly unknown[], unknown> {
  if (callee === Promise || !asksForValues(callee, args)) return args;
  const isList = ArrayBuffer.isView(args[0]) || !(Symbol.iterator in (args[0] as object));
  return isList ? args : [yield* framed($spread(args[0])), ...args.slice(1)];
}

/** Links functions that ask their first argument for all its values. */
export function linkTakers(): void {
  linkTaker(Object, 'fromEntries');
  for (const name of ['all', 'allSettled', 'any', 'race'] as const) linkTaker(Promise, name);
}

function linkTaker(owner: object, name: string): void {
  const native = (owner as Record<string, (...args: unknown[]) => unknown>)[name];
  if (native === undefined) return;
  linkForm(native, function* (
    this: unknown,
    iterable: unknown,
    ...rest: unknown[]
  ): Generator<undefined, unknown, unknown> {
    return Reflect.apply(native, this, [yield* framed($spread(iterable)), ...rest]);
  } as (...args: unknown[]) => Frame);
}
