/** Prints what a call returns or throws, in Python's words. */

import { Greenlet, getHub } from 'greenlets';

// biome-ignore lint/suspicious/noExplicitAny: rows also say what happens to what types forbid.
export type Any = any;

/** A value of any type, where another one is wanted. */
export const any = (value: unknown): Any => value;

/** Prints one row. */
export function t(label: string, fn: () => unknown): void {
  let outcome: string;
  try {
    outcome = show(fn());
  } catch (error) {
    outcome = `raises ${show(error)}`;
  }
  console.log(label, outcome);
}

export function show(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof Error) return value.name;
  if (Array.isArray(value)) return `[${value.map(show).join(',')}]`;
  if (value instanceof Greenlet) return 'greenlet';
  return String(value);
}

export class E extends Error {
  override name = 'E';
}

class KeyError extends Error {
  override name = 'KeyError';
}

export function ok(): number {
  return 7;
}

export function bad(): never {
  throw new KeyError('k');
}

export function raising(error: unknown): never {
  throw error;
}

getHub().handleError = () => {};
