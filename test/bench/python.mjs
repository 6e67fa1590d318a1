// @ts-check
/** The same recursion in CPython, where there is one. */

import { execFileSync } from 'node:child_process';

const TURNS = 5;

/**
 * How long CPython takes for `fib(n)`.
 *
 * @param {number} n
 * @returns {number | undefined} nanoseconds, the shortest of several runs; undefined without `python3`.
 */
export function pythonFib(n) {
  const script = [
    'import time',
    'def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)',
    'best = float("inf")',
    `for turn in range(${TURNS}):`,
    '    begin = time.perf_counter_ns()',
    `    fib(${n})`,
    '    best = min(best, time.perf_counter_ns() - begin)',
    'print(best)',
  ].join('\n');
  try {
    return Number(execFileSync('python3', ['-c', script], { encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}
