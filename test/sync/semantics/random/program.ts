// What random programs are made of, and how their values are shown.

export interface Op {
  op: string;
  t?: number;
  b: number;
  s: number[];
  o: number[];
  n: number;
  x: number;
  q: number;
  m: number;
  p: number;
  c?: number;
  l?: number;
  e?: number;
  r?: boolean;
  body: Op[];
  after: Op[];
}

export interface Program {
  timed: boolean;
  bodies: Op[][];
  main: Op[];
}

export class Err extends Error {
  override name = 'Err';
}

export function show(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof Error) return value.name;
  if (Array.isArray(value)) return `[${value.map(show).join(',')}]`;
  return String(value);
}

export function holding<R>(lock: { acquire(): boolean; release(): unknown }, fn: () => R): R {
  lock.acquire();
  try {
    return fn();
  } finally {
    lock.release();
  }
}

export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
