/** The call protocol: `$prepare` makes a callee's frame without running it, `$suspend` hands it up. */

import { aloudFrame, raise } from '../core/aloud.ts';
import { registerBoundary } from '../core/boundary.ts';
import { framed } from '../core/call.ts';
import {
  FORM,
  type Form,
  type Link,
  lean,
  linkOwn,
  stampForm,
  stampFresh,
  stampOf,
} from '../core/form.ts';
import { type Frame, finished, RUNTIME_SITE, type Site, suspend } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { callOrdinary } from '../core/ordinary.ts';
import { giveWay } from '../core/wait.ts';
import { calleeOf } from './module.ts';
import { takeGiven } from './real-constructor.ts';

const { apply } = Reflect;

/** Where a function's mark is. */
export const $form: typeof FORM = FORM;

/**
 * Prepares a call. A callee with a second form is not run yet; any other is called right here, and the frame is its result.
 *
 * @param link the callee's mark. It is read where the call stands, because V8 remembers for each place what it found there: a place for
 * all calls has seen functions of all shapes, and takes 5 ns longer.
 * @returns the frame that the caller runs with `next`.
 */
export function $call(
  link: Link | undefined,
  callee: unknown,
  self: unknown,
  ...args: unknown[]
): Frame {
  // Written out, not by `preparedQuietly`: V8 makes no array of the arguments as long as they are only handed on.
  if (hub.onRaise !== null) return callAloud(link, callee, self, ...args);
  if (link !== undefined && link.owner === callee) return apply(link.form, self, args);
  if (typeof callee !== 'function') return NOT_CALLABLE;
  direct = callee;
  const value = apply(callee, self, args);
  return value === TAKEN ? taken : finished(value);
}

/** `$call` with a debugger that listens to errors. */
function callAloud(
  link: Link | undefined,
  callee: unknown,
  self: unknown,
  ...args: unknown[]
): Frame {
  return preparedAloud(link, callee, self, args);
}

/** The same for a callee whose mark is not known. */
export function $prepare(callee: unknown, self: unknown, ...args: unknown[]): Frame {
  return prepareWith(callee, self, args);
}

/** `$prepare` with a list of arguments. */
export function prepareWith(callee: unknown, self: unknown, args: readonly unknown[]): Frame {
  const link = (callee as { [FORM]?: Link } | null | undefined)?.[FORM];
  return prepared(link, callee, self, args);
}

function prepared(
  link: Link | undefined,
  callee: unknown,
  self: unknown,
  args: readonly unknown[],
): Frame {
  if (hub.onRaise !== null) return preparedAloud(link, callee, self, args);
  return preparedQuietly(link, callee, self, args);
}

/** The same with a debugger that listens to errors. No closure: a call is made often. */
function preparedAloud(
  link: Link | undefined,
  callee: unknown,
  self: unknown,
  args: readonly unknown[],
): Frame {
  try {
    const frame = preparedQuietly(link, callee, self, args);
    return link?.isRuntimes ? aloudFrame(frame) : frame;
  } catch (error) {
    raise(error);
    throw error;
  }
}

function preparedQuietly(
  link: Link | undefined,
  callee: unknown,
  self: unknown,
  args: readonly unknown[],
): Frame {
  if (link !== undefined && link.owner === callee) return apply(link.form, self, args);
  if (typeof callee !== 'function') return NOT_CALLABLE;
  direct = callee;
  const value = apply(callee, self, args);
  return value === TAKEN ? taken : finished(value);
}

/**
 * The function that `$call` calls right now, without knowing whether it has a second form. To ask a closure would make native
 * calls twice as slow; so it is called, and its ordinary form gives itself to know.
 */
let direct: unknown = null;
/** What an ordinary form returns to `$call` instead of running: its frame is in `taken`. */
const TAKEN = {};
let taken: Frame;

/** The body of an ordinary function: runs its generator form for a caller that cannot suspend. */
export function $ordinary(
  name: string,
  form: Form,
  self: unknown,
  args: ArrayLike<unknown>,
): unknown {
  if (direct !== null && stampOf(direct) === form) {
    direct = null;
    taken = apply(form, self, args);
    return TAKEN;
  }
  const given = takeGiven();
  if (given !== null) return given;
  return callOrdinary(name, form, self, args);
}

registerBoundary($ordinary, true);

/** `$call` for tests: every call gives way once before it is made. */
export function $callSwitching(
  _link: Link | undefined,
  callee: unknown,
  self: unknown,
  ...args: unknown[]
): Frame {
  return prepareSwitching(callee, self, args);
}

/** `$prepare` for tests. */
export function $prepareSwitching(callee: unknown, self: unknown, ...args: unknown[]): Frame {
  return prepareSwitching(callee, self, args);
}

function prepareSwitching(callee: unknown, self: unknown, args: readonly unknown[]): Frame {
  if (typeof callee !== 'function') return NOT_CALLABLE;
  if (hub.current === null || hub.barrier > 0) return prepareWith(callee, self, args);
  return switchThen(() => prepareWith(callee, self, args));
}

/**
 * Hands the callee's frame to the hub, since it is not done; the caller yields right after.
 *
 * @throws {TypeError} if there was no callee: `x is not a function`.
 */
export function $suspend(frame: Frame, site: Site): void {
  refuse(frame, site);
  suspend(frame, site);
}

/** `$template`a${b}`` is the list of arguments that a tag gets. */
export function $template(strings: TemplateStringsArray, ...values: unknown[]): unknown[] {
  return [strings, ...values];
}

/** Tells an object of the runtime what the program calls it, unless it has a name. */
export function $name<T extends { name?: unknown }>(object: T, name: string): T {
  if (object.name === '') object.name = name;
  return object;
}

/** Gives a function the name that its syntax could not give. */
export function $named(fn: object, name: string): void {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
}

/** `{ ...$keyed(key, fn) }` is `{ [key]: fn }`, where the function gets its name from the key. */
export function $keyed(key: PropertyKey, fn: object): object {
  const object = { [key]: fn };
  const own = Reflect.ownKeys(object)[0] as string | symbol;
  const text = typeof own === 'symbol' ? own.description : own;
  $named(fn, typeof own === 'symbol' && text !== undefined ? `[${text}]` : (text ?? ''));
  return object;
}

/** Gives a function its generator form. */
export const $link = linkOwn;

/** Gives a closure its generator form. */
export const $closure = stampFresh;

/** The same for an arrow function, whose form is bound to the `this` around it. */
export const $arrow = stampForm;

/** What such a form was bound from. */
export const $lean = lean;

/** What `$prepare` returns for a value that is no function: never done, so that `$suspend` is reached. */
const NOT_CALLABLE: Frame = {
  next: () => ({ done: false, value: undefined }),
  throw: () => ({ done: false, value: undefined }),
};

/** What `$new` returns for a value that is no constructor. */
export const NOT_CONSTRUCTIBLE: Frame = { ...NOT_CALLABLE };

/** @throws {TypeError} worded as V8 words it, if the frame stands for a call that could not be made. */
export function refuse(frame: Frame, site: Site): void {
  const isNot =
    frame === NOT_CALLABLE ? 'function' : frame === NOT_CONSTRUCTIBLE ? 'constructor' : undefined;
  if (isNot === undefined) return;
  const error = new TypeError(`${calleeOf(site)} is not a ${isNot}`);
  raise(error);
  throw error;
}

/** Gives way, then makes a call. */
export function* switchThen(call: () => Frame): Generator<undefined, unknown, unknown> {
  suspend(giveWay(hub.parking('sleep'), 'sleep', 0), RUNTIME_SITE);
  yield undefined;
  return yield* framed(call());
}
