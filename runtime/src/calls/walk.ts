/** Calling back for one element of a list after the other: what most twins have in common. */

import { RUNTIME_SITE, suspend } from '../core/frame.ts';
import { $prepare } from './prepare.ts';

export type List = Record<number, unknown>;

/** The elements that are visited, and how. */
export interface Course {
  readonly list: List;
  readonly length: number;
  /** Whether it begins with the last one. */
  readonly backwards?: boolean;
  /** Whether elements that do not exist are left out. */
  readonly skipsHoles?: boolean;
  readonly callback: unknown;
  readonly thisArg: unknown;
}

/** Takes what the callback has returned; true ends the walk. */
export type Take = (returned: unknown, value: unknown, index: number) => unknown;

/** Walks, and returns what `result` says in the end. */
export function* walk(
  { list, length, backwards = false, skipsHoles = false, callback, thisArg }: Course,
  take: Take,
  result: () => unknown,
): Generator<undefined, unknown, unknown> {
  for (let count = 0; count < length; count++) {
    const index = backwards ? length - 1 - count : count;
    if (skipsHoles && !(index in list)) continue;
    const value = list[index];
    const frame = $prepare(callback, thisArg, value, index, list);
    const step = frame.next();
    let returned = step.value;
    if (!step.done) {
      suspend(frame, RUNTIME_SITE);
      returned = yield undefined;
    }
    if (take(returned, value, index) === true) break;
  }
  return result();
}

/** `reduce`: the result so far goes from call to call. */
export function* reduce(
  { list, length, backwards = false, skipsHoles = false, callback }: Course,
  initial: readonly unknown[],
): Generator<undefined, unknown, unknown> {
  let started = initial.length > 0;
  let result = initial[0];
  for (let count = 0; count < length; count++) {
    const index = backwards ? length - 1 - count : count;
    if (skipsHoles && !(index in list)) continue;
    const value = list[index];
    if (!started) {
      started = true;
      result = value;
      continue;
    }
    const frame = $prepare(callback, undefined, result, value, index, list);
    const step = frame.next();
    result = step.value;
    if (!step.done) {
      suspend(frame, RUNTIME_SITE);
      result = yield undefined;
    }
  }
  if (!started) throw new TypeError('Reduce of empty array with no initial value');
  return result;
}

/** What a search for an element finds: a value, or a place; `every` and `some` end with an answer. */
export interface Search {
  readonly name: string;
  readonly backwards?: boolean;
  /** Whether it leaves out elements that do not exist. */
  readonly skipsHoles?: boolean;
  /** What it returns where it finds nothing. */
  readonly otherwise: unknown;
  /** What the callback has to return, as a condition, so that the walk ends. */
  readonly wanted: boolean;
  /** What it returns then. */
  readonly found: (value: unknown, index: number) => unknown;
}

const value = (found: unknown) => found;
const place = (_: unknown, index: number) => index;
const nothing = () => undefined;

/** The searches that arrays and typed arrays have. */
export const SEARCHES: readonly Search[] = [
  { name: 'some', skipsHoles: true, otherwise: false, wanted: true, found: () => true },
  { name: 'every', skipsHoles: true, otherwise: true, wanted: false, found: () => false },
  { name: 'find', otherwise: undefined, wanted: true, found: value },
  { name: 'findIndex', otherwise: -1, wanted: true, found: place },
  { name: 'findLast', backwards: true, otherwise: undefined, wanted: true, found: value },
  { name: 'findLastIndex', backwards: true, otherwise: -1, wanted: true, found: place },
];

/** Walks until the callback returns what is wanted. */
export function walkSearching(
  course: Course,
  search: Search,
): Generator<undefined, unknown, unknown> {
  let result = search.otherwise;
  const take: Take = (returned, element, index) => {
    if (Boolean(returned) !== search.wanted) return false;
    result = search.found(element, index);
    return true;
  };
  return walk(course, take, () => result);
}

/** Walks for the callback's own sake. */
export function walkAll(course: Course): Generator<undefined, unknown, unknown> {
  return walk(course, nothing, nothing);
}
