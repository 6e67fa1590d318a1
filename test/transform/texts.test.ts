/** Names, lengths and texts of functions and classes: those of the source, as if nothing had been transformed. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { runProgram, withProgram } from '../support/fixture.ts';

const PROGRAM = `let slow = (x) => x;
function declared(a, b = slow(2)) { return slow(a) + b; } // no part of it
async function later(x) { await slow(x); }
function* generator(x) { yield slow(x); }
async function* both() { yield slow(1); }
const arrow = (x) => slow(x), bare = x => slow(x), block = (x) => { return slow(x) }, own = function inner(n) { return n ? inner(n - 1) : slow(1) };
const plain = (x) => x + 1, maker = () => function () { slow(1) }, makers = () => (x) => slow(x);
class Base { m() { return 1 } }
class Whole extends (slow(1), Base) {
  static s() { return slow(1); } async later() { return slow(2) } *g() { yield slow(1) } get x() { return slow(1); }
  #p() { return slow(3) } p() { return this.#p; }
  field = () => slow(this); ['comp' + 1]() { return slow(1) }
  /* before */ static /* after */ async 'quoted'() { return slow('x') }
  m(a = () => slow('}'), ...rest) { return super.m() + slow(1) }
  static async *both() { yield slow(1) }
}
class Plain { x = 1; y() { return 1 } }
function log(x) { console.log(x); return x; }
const o = {
  m(x) { return slow(x) }, async later() { await slow(1) }, *g() { yield slow(1) }, get g2() { return slow(1) }, f: () => slow(1),
  [\`k\${1}\`](a, b) { return slow(1) }, ['j']: () => slow(2), 'quoted key'() { slow(1) }, async [Symbol.iterator]() { slow(1) },
  async *[(log('key'), 'both')]() { yield slow(1) }, [{ toString() { return log('obj') } }]: async (x) => slow(x),
  ['__proto__']: (x) => slow(x), [Symbol()]: () => slow(1), [Symbol('s')]: function () { slow(1) }, get: (() => slow(1)),
};
function outer() { return () => slow(arguments.length); }
function tricky(a = "*/ \\u2028 \\\\", b = '\`') { return slow(\`*/ \${a} /*$x:1-2*/}\`); }
let assigned; assigned = () => slow(1);
const { dflt = () => slow(1) } = {};
const w = new Whole();
const functions = {
  slow, declared, later, generator, both, arrow, bare, block, own, plain, maker, made: maker(), makers, made2: makers(), Base, Whole, Plain,
  s: Whole.s, wlater: w.later, wg: w.g, wx: Object.getOwnPropertyDescriptor(Whole.prototype, 'x').get, p: w.p(), field: w.field,
  comp1: w.comp1, quoted: Whole.quoted, wm: w.m, wboth: Whole.both, om: o.m, olater: o.later, og: o.g, of: o.f, k1: o.k1, j: o.j, qk: o['quoted key'],
  it: o[Symbol.iterator], oboth: o.both, obj: o.obj, get: o.get, outer, inner: outer(), tricky, assigned, dflt,
  bound: declared.bind(1), native: Array.prototype.map, itself: Function.prototype.toString, evaluated: eval('(x) => x'),
};
for (const [key, f] of Object.entries(functions)) console.log(key, '|', f.name, '|', f.length, '|', String(f) === Function.prototype.toString.call(f), String(f));
for (const key of Reflect.ownKeys(o)) {
  const { value, enumerable, writable } = Object.getOwnPropertyDescriptor(o, key);
  console.log(key, value?.name, enumerable, writable);
}
for (const no of [{}, null, Object.create(declared)]) try { Function.prototype.toString.call(no); } catch (e) { console.log(e.name); }
export {};
`;

test('are those of the source', async () => {
  const { stdout, stderr } = await runProgram(PROGRAM, { name: 'main.mjs' });
  const native = await withProgram(PROGRAM, { name: 'main.mjs' }, ({ path }) =>
    promisify(execFile)(process.execPath, [path]),
  );
  assert.ok(native.stdout.length > 2000);
  assert.equal(stdout, native.stdout, stderr);
});

test('are those of the source with types and decorators, and of a script', async () => {
  const typed = `const dec = (v: any, c: any): any => {};
@dec class A<T> {
  @dec private async m(x?: T): Promise<void> { await x!; }
  text() { return String(this.m); }
}
console.log(String(A), new A().text());
export {};
`;
  const { stdout, stderr } = await runProgram(typed);
  const { stdout: script } = await runProgram(
    'function f(a) { return console.log(a); }\nf(String(f));\n',
    {
      name: 'main.cjs',
    },
  );
  const [start, end] = [typed.indexOf('class A'), typed.indexOf('\nconsole')];
  const method = 'async m(x?: T): Promise<void> { await x!; }';
  assert.equal(stdout, `${typed.slice(start, end)} ${method}\n`, stderr);
  assert.equal(script, 'function f(a) { return console.log(a); }\n');
});

test('arguments.callee is the function itself', async () => {
  const { stdout, stderr } = await runProgram(
    `function f(n) { return n ? n * arguments.callee(n - 1) : console.log(arguments.callee === f, arguments.callee.name) || 1; }
const g = function () { return (() => arguments['callee'] === g && console)(); };
console.log(f(3), g.call() === console);
`,
    { name: 'main.cjs' },
  );
  assert.equal(stdout, 'true f\n6 true\n', stderr);
});
