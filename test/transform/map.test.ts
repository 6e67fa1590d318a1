/** Invariants of the output's text and of its source map. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '@babel/parser';
import { allGeneratedPositionsFor, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { transform } from '../../runtime/src/transform.ts';
import { randomProgram } from './random-program.ts';

const PROGRAM = `import { sleep, spawn } from 'greenlets';
const jobs: string[] = [];
function worker(name: string, count = limit(3)): number {
  for (const job of jobs) {
    if (job === name) sleep(0);
  }
  return jobs
    .map((job) => job.length)
    .reduce((a, b) => a + b, count);
}
class Shop<T> {
  #stock = new Map<string, T>();
  private readonly label = \`shop \${limit(1)}\`;
  take(name: string): T | undefined {
    const found = this.#stock.get(name);
    try {
      return found ?? this.#order(name);
    } catch (error) {
      console.log(error as Error, this.label);
    }
  }
  #order(name: string): T | undefined {
    sleep(1);
    return this.#stock?.get(name)?.valueOf() as T;
  }
}
function limit(n: number) {
  return n;
}
spawn(worker, 'a');
new Shop<number>().take('x');
`;

test('every line stays where it was', () => {
  for (const text of texts()) {
    const { code } = transform(text, { filename: '/p.ts' });
    assert.equal(code.split('\n').length, text.split('\n').length);
  }
});

test('the output parses', () => {
  for (const text of texts()) {
    const { code } = transform(text, { filename: '/p.ts' });
    parse(code, { sourceType: 'module' });
  }
});

test('every name of the source maps to itself and back', () => {
  const { code, map } = transform(PROGRAM, { filename: '/p.ts' });
  const trace = new TraceMap(map as never);
  const lines = code.split('\n');
  const names = namesOf(PROGRAM);
  assert.ok(names.length > 40);
  for (const { name, line, column } of names) {
    const places = allGeneratedPositionsFor(trace, { source: '/p.ts', line, column });
    const generated = places.find((each) => each.line === line);
    assert.ok(generated, `${name} at ${line}:${column} has no place of its own`);
    const at = generated.column as number;
    const original = originalPositionFor(trace, { line, column: at });
    assert.deepEqual([original.line, original.column], [line, column], `${name} at ${line}`);
    const text = (lines[line - 1] as string).slice(at);
    assert.ok(
      text.startsWith(name) || /^[$({]|^function|^\*/.test(text),
      `${name} at ${line}:${column} became ${text.slice(0, 30)}`,
    );
  }
});

function texts(): string[] {
  const random = [1, 2, 3, 4, 5].map((seed) => `export const p = ${randomProgram(seed)};\n`);
  return [PROGRAM, ...random];
}

/** The names in a text that are no types, with one-based lines and zero-based columns. */
function namesOf(text: string): { name: string; line: number; column: number }[] {
  const found: { name: string; line: number; column: number }[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, name, loc } = node as {
      type?: string;
      name?: string;
      loc?: { start: { line: number; column: number } };
    };
    if (type === 'PrivateName') return;
    if (type?.startsWith('TS') && !/As|NonNull|Satisfies/.test(type)) return;
    if (type === 'Identifier' && name !== undefined && loc !== undefined)
      found.push({ name, ...loc.start });
    for (const [key, child] of Object.entries(node)) {
      if (key !== 'loc' && key !== 'tokens' && key !== 'extra') visit(child);
    }
  };
  visit(parse(text, { sourceType: 'module', plugins: ['typescript'] }).program);
  return found;
}
