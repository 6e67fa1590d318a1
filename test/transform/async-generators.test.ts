/** `async` generators: in the native order where nothing switches, with the same results where everything does. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behavesAlike } from '../support/alike.ts';
import { runProgram } from '../support/fixture.ts';

const PROGRAM = `const slow = (x) => { if (globalThis.nope) [1].map(globalThis.nope); return x; };
async function* g(n, d = slow(1)) { try { for (let i = 0; i < n; i++) { const got = yield i * d; log('got', got); await null; } return 'end'; } catch (e) { log('caught', e); yield Promise.resolve('c'); } finally { log('fin'); await 0; log('fin2'); } }
const o = { async *m() { yield* g(2); yield* [Promise.resolve(5), 6]; yield* { [Symbol.asyncIterator]() { return { next: async () => { log('n'); return { done: true, value: 'dv' }; } }; } }; } };
class C { async *a() { const x = yield* g(1); log('x', x); } static async *['s']() { yield slow(2); } async *#p() { yield this.q; } q = 3; p() { return this.#p(); } *#r() { yield slow(this.q); } r() { return [...this.#r()]; } }
const e = async function* () { yield slow(9); };
async function run() {
  for await (const x of g(3)) { log(x); if (x === 1) break; }
  for await (const x of o.m()) log('m', x);
  for await (const x of new C().a()) log(x);
  for await (const x of C.s()) log(x);
  for await (const x of new C().p()) log(x);
  log(new C().r());
  const it = g(5); const all = [it.next(1), it.next(2), it.return(Promise.resolve(7)), it.next(), it.throw(new Error('late'))];
  for (const each of await Promise.allSettled(all)) log(each.status, each.value ?? each.reason.message);
  const i2 = g(2); await i2.next(); log(await i2.throw('T')); log(await i2.next());
  const i3 = g(2); log(await i3.return(4)); log(await i3.next());
  const i4 = g(2); await i4.throw(new Error('x')).catch((er) => log(er.message));
  await g(0).next.call({}).catch((er) => log(er.name));
  log(Object.prototype.toString.call(it), Object.getPrototypeOf(g).constructor.name, g.length, g.name, o.m.name, e.name, it instanceof g, Object.getPrototypeOf(it) === g.prototype, Object.keys(g), g.prototype.constructor === undefined);
  try { const bad = async function* ([x]) { slow(x); }; bad(null); } catch (er) { log('sync', er.name); }
  const i5 = o.m(); await i5.next(); log(await i5.return('R')); 
  async function* noret() { yield* { [Symbol.asyncIterator]() { return { next: () => ({ value: 1 }) }; } }; }
  const i6 = noret(); log(await i6.next()); log(await i6.return(Promise.resolve(8)));
  const i7 = noret(); await i7.next(); await i7.throw(new Error('u')).catch((er) => log(er.message));
  async function* rej() { yield Promise.reject(new Error('yr')); }
  for (const f of [rej, async function* () { return Promise.reject(new Error('rr')); }]) { const it = f(); await it.next().catch((er) => log(er.message)); log(await it.next()); }
  for await (const x of [Promise.resolve(1), slow(2)]) log('s', x);
  
}
`;

test('the order is the native one', async () => {
  const text = `const out = []; const log = (...x) => out.push(x.map((y) => (typeof y === 'object' ? JSON.stringify(y) : String(y))).join(' '));
let ticks = Promise.resolve(); for (let i = 0; i < 60; i++) ticks = ticks.then(() => { log('t' + i); });
${PROGRAM} run().then(() => console.log(out.join('\\n')));`;
  const transformed = await runProgram(text, { name: 'main.mjs' });
  const native = await runProgram(text, { name: 'node_modules/native/main.mjs' });
  assert.equal(transformed.stdout, native.stdout, transformed.stderr + native.stderr);
  assert.match(transformed.stdout, /t59/);
});

behavesAlike(
  'with switches the results are the same',
  `const out = log; { const log = (...x) => out(x.map((y) => (typeof y === 'object' ? JSON.stringify(y) : String(y))).join(' '));
${PROGRAM} return run(); }`,
);
