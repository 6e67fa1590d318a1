/** Single constructs, each in a program of its own that runs in a child process as a user would run it. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FixtureOptions, runProgram } from '../support/fixture.ts';

/** Runs `body` in a greenlet beside another one, and compares what it prints; `slow(x)` is x after a switch. */
function prints(name: string, body: string, expected: string): void {
  test(name, { concurrency: true }, async () => {
    const program = `import { joinAll, sleep, spawn } from 'greenlets';
const out: string[] = [];
const log = (...values: unknown[]) => { out.push(values.map(String).join(' ')); };
function slow<T>(value: T): T { sleep(0); return value; }
const other = spawn(() => { for (let i = 0; i < 50; i++) sleep(0); });
joinAll([spawn(() => {
${body}
})], { raiseError: true });
console.log(out.join('\\n'));
`;
    const { stdout, stderr } = await runProgram(program);
    assert.equal(stdout.trim(), expected, stderr);
  });
}

async function outcome(text: string, options: FixtureOptions = {}) {
  const { stdout, stderr, code } = await runProgram(text, options);
  return { stdout, stderr, code };
}

describe('calls', () => {
  prints(
    'methods keep their object',
    `const o = { n: 2, m() { return slow(this.n); } }; log(o.m(), (o.m)(), o['m']());`,
    '2 2 2',
  );
  prints(
    'captureStackTrace leaves the callers of a function that can switch',
    `const inner = (error: Error, below: unknown) => { if (error.message === '') slow(0); Error.captureStackTrace(error, below as never); return error.stack!; };
const outer = (): string => inner(new Error('e'), outer);
const stack = (() => outer())(); log(stack.includes('\\n    at '), stack.includes('inner'));`,
    'true false',
  );
  prints(
    'arguments are evaluated in order, once',
    `const seen: number[] = []; const n = (x: number) => { seen.push(x); return slow(x); };
const o = { get f() { seen.push(0); return (...xs: number[]) => slow(xs.length); } };
log(o.f(n(1), n(2), ...[n(3)]), seen);`,
    '3 0,1,2,3',
  );
  prints(
    'optional calls stop where they must',
    `const o: any = { a: { f(x: number) { return slow(this.k + x); }, k: 1 } };
log(o?.a?.f(2), o.b?.f(slow(9)), o.a.g?.(slow(9)), o.a?.f?.(3), o.b?.c.d.e(), delete o?.a?.f(1).x);`,
    '3 undefined undefined 4 undefined true',
  );
  prints(
    'the next of an iterator is read once',
    `let reads = 0; let closed = 0; const source: any = { [Symbol.iterator]: () => { let n = 0; return {
  get next() { reads++; return () => ({ done: n++ > 2, value: n }); }, return() { closed++; return {}; } }; } };
const [] = source; const [a] = source; const [b, c] = slow(source); log(reads, closed, a, b, c, [...source], reads);`,
    '3 3 1 1 2 1,2,3 4',
  );
  prints(
    'objects spread properties, not values',
    `class Both { a = 1; *[Symbol.iterator]() { yield 2; } }
log(JSON.stringify({ ...slow('xy' as any), ...slow(new Both() as any), ...slow(null as any) }), [...slow(new Both() as any)]);`,
    '{"0":"x","1":"y","a":1} 2',
  );
  prints(
    'parentheses keep the this of an optional call',
    `const o: any = { k: 1, f() { return slow(this?.k); }, get self() { return o; } };
log((o.f)?.(), (o.self.f)?.(), ((o['f']))?.());`,
    '1 1 1',
  );
  prints(
    'a tag gets the same strings every time',
    `const seen = new Set(); const tag = (s: any, ...v: unknown[]) => { seen.add(s); return slow(s.raw.join('|') + v); };
const run = (x: number) => tag\`a\${slow(x)}\\n\`; log(run(1), run(2), seen.size);`,
    'a|\\n1 a|\\n2 1',
  );
  prints(
    'what is no function is named',
    `const o: any = { a: 1 }; for (const f of [() => o.a(), () => o.b.c(), () => o.nope(slow(1))]) { try { f(); } catch (e) { log((e as Error).message); } }`,
    "o.a is not a function\nCannot read properties of undefined (reading 'c')\no.nope is not a function",
  );
  prints(
    'call, apply and bind',
    `function f(this: any, ...xs: number[]) { return slow(this.k) + xs.join(''); }
log(f.call({ k: 'c' }, 1, 2), f.apply({ k: 'a' }, [3]), f.bind({ k: 'b' }, 4)(5), Reflect.apply(f, { k: 'r' }, []));`,
    'c12 a3 b45 r',
  );
});

describe('functions', () => {
  prints(
    'names and lengths',
    `const a = (x: number, y = 1) => slow(x); const b = function () { slow(1); }; const o = { m(x: number) { slow(x); }, ['c' + 1]: 1 };
class C { s(x: number) { slow(x); } static t() { slow(1); } #p() { slow(1); } p() { return this.#p.name; } }
function d(x: number, ...r: number[]) { slow(x); }
log(a.name, a.length, b.name, o.m.name, o.m.length, new C().s.name, C.t.name, new C().p(), d.name, d.length, (() => slow(1)).name);`,
    'a 1 b m 1 s t #p d 1',
  );
  prints(
    'defaults that switch see each other',
    `function f(a = slow(1), b = a + slow(1), { c = slow(b) } = {}, [d = slow(c)] = [] as number[], ...rest: number[]) { return [a, b, c, d, rest, arguments.length].join(); }
log(f(), f(5, undefined, { c: 7 }, [8], 9), f.length); const g = (x = slow(2)) => x; log(g());`,
    '1,2,2,2,,0 5,6,7,8,9,5 0\n2',
  );
  prints(
    'arrow functions take this and arguments from around them',
    `class C { k = 3; run(..._: number[]) { const f = () => slow(this.k) + arguments.length; return [1, 2].map((x) => f() + x).join(); } }
log(new C().run(7, 8));`,
    '6,7',
  );
  prints(
    "a function expression's own name",
    `const f = function fact(n: number): number { return n < 2 ? slow(1) : n * fact(n - 1); }; log(f(5), f.name);`,
    '120 fact',
  );
  prints(
    'function constructors and classes',
    `function P(this: any, x: number) { this.x = x; } P.prototype.get = function () { return slow(this.x); };
class A { x; constructor(x: number) { this.x = x; } get() { return slow(this.x); } } class B extends A { get() { return super.get() * 2; } }
log(new (P as any)(4).get(), new B(5).get(), new B(1) instanceof A);`,
    '4 10 true',
  );
  prints(
    'private methods, also as values',
    `class C { #k = 2; #m(x: number) { return slow(this.#k * x); } static #s() { return slow('s'); } run() { return [1, 2].map(this.#m, this).join() + this.#m?.(3) + this.#m.call(this, 4); } static go() { return C.#s(); } }
log(new C().run(), C.go());`,
    '2,468 s',
  );
});

describe('super', () => {
  prints(
    'in arrow functions',
    `class A { k = 1; m(x: number) { return slow(this.k + x); } get g() { return 7; } static s() { return slow('s'); } }
class B extends A { k = 2; m(x: number) { return [x, x + 1].map((y) => super.m(y) + super['g']).join(); } n() { return (() => (() => slow(super.m(3)))())(); } static s() { return (() => super.s() + slow(1))(); } }
log(new B().m(1), new B().n(), B.s());`,
    '10,11 5 s1',
  );
});

describe('statements', () => {
  prints(
    'try, catch and finally with switches in each',
    `function f(n: number) { for (const x of [1, 2, 3]) { try { if (slow(x) === n) throw slow('t' + n); if (x === 3) return slow('r'); } catch (e) { log('c', slow(e)); continue; } finally { log('f', slow(x)); } } return 'end'; }
log(f(2)); log(f(3));`,
    'f 1\nc t2\nf 2\nf 3\nr\nf 1\nf 2\nc t3\nf 3\nend',
  );
  prints(
    'labels, loops and closures',
    `const fs: (() => number)[] = []; outer: for (let i = 0; i < slow(3); i++) { for (const j of [0, 1, 2]) { if (j === 1) continue outer; if (i === 2) break outer; fs.push(() => slow(i * 10 + j)); } }
log(fs.map((f) => f())); for (const k in { a: 1, b: 2 }) { switch (slow(k)) { case slow('a'): log('A'); break; default: log('D'); } }`,
    '0,10\nA\nD',
  );
  prints(
    'an iterator that switches, and closing it',
    `class It { i = 0; [Symbol.iterator]() { return this; } next() { return { done: slow(this.i) > 3, value: this.i++ }; } return() { log('closed', slow(1)); return {}; } }
for (const x of new It()) { log(x); if (x === 1) break; } try { for (const x of new It()) throw x; } catch (e) { log('threw', e); } for (const x of new It()) log(x);`,
    '0\n1\nclosed 1\nclosed 1\nthrew 0\n0\n1\n2\n3',
  );
  prints(
    'generators that switch',
    `function* g(n: number): Generator<number, string, number> { try { for (let i = 0; i < n; i++) log('got', yield slow(i)); return slow('end'); } finally { log('closed', slow(n)); } }
for (const x of g(2)) log(x); for (const x of g(9)) { if (x === 1) break; } const it = g(1); log(JSON.stringify([it.next(), it.next(7), it.next()]));`,
    '0\ngot undefined\n1\ngot undefined\nclosed 2\ngot undefined\nclosed 9\ngot 7\nclosed 1\n[{"value":0,"done":false},{"value":"end","done":true},{"done":true}]',
  );
});

describe('lists', () => {
  prints(
    'spread and array destructuring of iterators that switch',
    `function* g(n: number) { try { for (let i = 0; i < n; i++) yield slow(i); } finally { log('closed', slow(n)); } }
class It { i = 0; [Symbol.iterator]() { return slow(this); } next() { return { done: slow(this.i) > 2, value: this.i++ }; } }
log([...g(2), 9], Math.max(...g(3)), [...new Set([...new It()])]); const [a, , b = 7, c = slow(8)] = g(3); log(a, b, c);
const [d, ...e] = g(3); log(d, e); let x = 1, y = 2; [x, y] = g(5); log(x, y); [x, y] = [y, x]; log(x, y, [...'ab']);`,
    'closed 2\nclosed 3\n0,1,9 2 0,1,2\nclosed 3\n0 2 8\nclosed 3\n0 1,2\nclosed 5\n0 1\n1 0 a,b',
  );
});

describe('using', () => {
  test('disposes at the end of the block, with switches', async () => {
    const { stdout, stderr } = await outcome(`import { joinAll, sleep, spawn } from 'greenlets';
const log: string[] = [];
const res = (n: string, fail = false) => ({ n, [Symbol.dispose]() { sleep(0); log.push('-' + n); if (fail) throw new Error('d' + n); } });
const late = (n: string) => ({ n, async [Symbol.asyncDispose]() { await 0; sleep(0); log.push('~' + n); } });
function f(x: number) {
  using a = res('a');
  if (x === 1) return 'early ' + a.n;
  { using b = res('b'), c = null; log.push(b.n + c); }
  for (using d of [res('d1'), res('d2')]) { if (d.n === 'd2') break; log.push(d.n); }
  throw new Error('body');
}
async function g() { await using a = late('x'); using b = res('y'); await 0; return a.n + b.n; }
joinAll([spawn(() => { log.push(f(1)); try { f(2); } catch (e) { log.push(String(e)); } try { using q = res('q', true); throw new Error('first' + q.n); } catch (e: any) { log.push(e.name, e.error.message, e.suppressed.message); } })]);
joinAll([spawn(async () => log.push(await g()))]);
console.log(log.join(' '));
`);
    const expected =
      '-a early a bnull -b d1 -d1 -d2 -a Error: body -q SuppressedError dq firstq -y ~x xy\n';
    assert.equal(stdout, expected, stderr);
  });
});

describe('built-in functions that call back', () => {
  prints(
    'arrays',
    `const l = [1, , 3] as number[]; log(l.map((x) => slow(x * 2)), l.filter((x) => slow(x) > 1), l.find((x) => slow(x) === 3), l.findLast((x) => !slow(x)), l.some((x) => slow(x) > 2), l.every((x) => slow(x) > 1));
log(l.reduce((a, b) => slow(a + b)), l.reduceRight((a, b) => slow(a + '' + b), ''), [[1], 2].flatMap((x) => slow(x)), Array.from('ab', (x, i) => slow(x + i)), Uint8Array.of(1, 2).find((x) => slow(x) === 2));
l.forEach((x, i) => log(slow(x), i)); new Map([[1, 2]]).forEach((v, k) => log(slow(v), k)); try { [].reduce((a) => slow(a)); } catch (e) { log((e as Error).message); }`,
    '2,,6 3 3 undefined true false\n4 31 1,2 a0,b1 2\n1 0\n3 2\n2 1\nReduce of empty array with no initial value',
  );
});

describe('async functions', () => {
  test('run in the native order', async () => {
    const program = `const log: string[] = [];
async function inner(n: number) { log.push('i' + n); await null; log.push('j' + n); return n * 2; }
class A { async m(x: number) { const y = await inner(x); return y + 1; } }
const arrow = async (...xs: number[]) => { let t = 0; for (const x of xs) t += await inner(x); return t; };
async function forward() { return inner(9); }
async function fails() { try { await Promise.reject(1); } catch { log.push('caught'); } finally { await 0; log.push('finally'); } throw 2; }
let chain = Promise.resolve(); for (let i = 0; i < 12; i++) chain = chain.then(() => { log.push('t' + i); });
const all = Promise.allSettled([arrow(1, 2), forward(), new A().m(4), fails()]);
log.push('sync');
void all.then((results) => console.log(JSON.stringify(results), log.join(' ')));
`;
    const transformed = await outcome(program);
    const javascript = program.replaceAll(/: (?:string|number)(?:\[\])?/g, '');
    const native = await outcome(javascript, { name: 'node_modules/native/main.mjs' });
    assert.equal(transformed.stdout, native.stdout, transformed.stderr + native.stderr);
    assert.match(transformed.stdout, /sync/);
  });

  test('can be spawned', async () => {
    const { stdout, stderr } = await outcome(
      "import { joinAll, sleep, spawn } from 'greenlets';\nconst g = spawn(async (x: number) => { await null; sleep(0); return x * 2; }, 4);\njoinAll([g]);\nconsole.log(g.value);\nexport default function () { sleep(0); }\n",
    );
    assert.equal(stdout, '8\n', stderr);
  });

  prints(
    'are greenlets that can be waited for',
    `async function f(n: number) { slow(1); await null; sleep(0.001); return n; } let v = 0; f(4).then((x) => { v = x; }); while (v === 0) sleep(0.001); log(v, f.constructor.name);`,
    '4 AsyncFunction',
  );
});

describe('TypeScript', () => {
  test('enums, namespaces and parameter properties', async () => {
    const { stdout, stderr } = await outcome(`import { joinAll, sleep, spawn } from 'greenlets';
enum Color { Red, Green = 5, Blue, Mix = Red | Blue, Name = 'n' }
namespace Space { export let count = 0; export function area(n: number) { count++; sleep(0); return n * 2; } export namespace Deep { export const d = 'd'; } }
import Deep = Space.Deep;
abstract class Shape { constructor(protected readonly n: number, public m = 2) {} abstract sum(): number; }
class Point extends Shape { declare nothing: string; #k!: number; constructor(n: number, private k: number) { super(n); this.#k = k; } override sum(this: Point): number { sleep(0); return this.n + this.m + this.#k + this.k; } }
joinAll([spawn(() => console.log(Color.Red, Color.Mix, Color[6], Color.Name, Space.area(3), Space.count, Deep.d, new Point(1, 2).sum()))]);
`);
    assert.equal(stdout, '0 6 Mix n 6 1 d 7\n', stderr);
  });
});

describe('files', () => {
  test('a file that does not parse is named with line and column', async () => {
    const { stderr, code } = await outcome('const x = 1;\nlet y = ;\n');
    assert.match(stderr, /SyntaxError.*main\.ts:2:9: Unexpected token/);
    assert.equal(code, 1);
  });

  test('a file that is not there', async () => {
    const { stderr, code } = await outcome("import './nope.ts';\n");
    assert.match(stderr, /Cannot find module .*nope\.ts/);
    assert.equal(code, 1);
  });

  test('imports without extension, of compiled names, and of types only', async () => {
    const { stdout, stderr } = await outcome(
      "import { a, type T } from './a';\nimport { b } from './b.js';\nimport { I } from './b.js';\nconst x: T | I = a + b;\nconsole.log(x);\n",
      {
        files: {
          'a.ts': 'export type T = number;\nexport const a = 1;\n',
          'b.ts': 'export interface I { n: number }\nexport const b = 2;\n',
        },
      },
    );
    assert.equal(stdout, '3\n', stderr);
  });

  test('modules run one after the other in main', async () => {
    const { stdout, stderr } = await outcome(
      "import './a.ts';\nimport './b.ts';\nimport { getCurrent } from 'greenlets';\nconsole.log('main', getCurrent()?.name);\n",
      {
        files: {
          'a.ts':
            "import { sleep, getCurrent } from 'greenlets';\nconsole.log('a1', getCurrent()?.name);\nsleep(0.01);\nconsole.log('a2', getCurrent()?.name);\n",
          'b.ts':
            "import { getCurrent } from 'greenlets';\nconsole.log('b', getCurrent()?.name);\n",
        },
      },
    );
    assert.equal(stdout, 'a1 main\na2 main\nb main\nmain main\n', stderr);
  });

  test('a module that cannot wait does not take main from one that switches', async () => {
    const { stdout, stderr } = await outcome(
      "import './a.ts';\nimport './b.ts';\nimport { sleep } from 'greenlets';\nsleep(0);\nconsole.log('main');\n",
      {
        files: {
          'a.ts': "import { sleep } from 'greenlets';\nsleep(0.01);\nconsole.log('a');\n",
          'b.ts': "console.log('b');\n",
        },
      },
    );
    assert.equal(stdout, 'b\na\nmain\n', stderr);
  });

  test('import() runs a module in a greenlet of its own', async () => {
    const { stdout, stderr } = await outcome(
      `import { getCurrent, joinAll, sleep, spawn } from 'greenlets';
const other = spawn(() => { for (let i = 0; i < 3; i++) sleep(0.001); console.log('other'); (globalThis as any).done = true; });
const { value, name } = await import('./late.ts');
try { await import('./bad.ts'); } catch (e) { console.log(String(e)); }
console.log(value, name, getCurrent()?.name);
joinAll([other]);
`,
      {
        files: {
          'late.ts':
            "import { getCurrent, sleep } from 'greenlets';\nexport const name = getCurrent()?.name;\nwhile (!(globalThis as any).done) sleep(0);\nexport const value = 7;\n",
          'bad.ts': "import { sleep } from 'greenlets';\nsleep(0);\nthrow new Error('bad');\n",
        },
      },
    );
    assert.equal(stdout, 'other\nError: bad\n7 late.ts main\n', stderr);
    assert.equal(stderr, '');
  });

  test('a CommonJS entry runs as a module that has what CommonJS has', async () => {
    const { stdout, stderr } = await outcome(
      "'use strict';\nconst { joinAll, sleep, spawn } = require('greenlets');\nconst other = require('./other.cjs');\nfunction f(n) { sleep(0); console.log(n, other.x, typeof __filename, require.main === module); }\njoinAll([spawn(f, 1), spawn(f, 2)]);\nmodule.exports = f;\n",
      { name: 'main.js', files: { 'other.cjs': 'exports.x = 5;\n' } },
    );
    assert.equal(stdout, '1 5 string true\n2 5 string true\n', stderr);
  });

  test('an error has the position of the source', async () => {
    const { stderr, code, marks, path } = await runProgram(
      "import { sleep } from 'greenlets';\nfunction f(x: number): never {\n  sleep(0);\n  throw new Error('boom'); // @throw\n}\nf(1);\n",
    );
    assert.match(stderr, /Error: boom/);
    assert.ok(stderr.includes(`${path}:${marks.get('throw')}:9`), stderr);
    assert.equal(code, 1);
  });
});
