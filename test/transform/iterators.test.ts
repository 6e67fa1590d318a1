/** Iterators that switch, in everything that asks an iterator for values: each body runs plainly and with a switch at every call. */

import { describe } from 'node:test';
import { behavesAlike } from '../support/alike.ts';

const TOOLS = `const id = (x) => x; const says = (x) => { log(x); return id(x); };
function* gives(name, n) { try { for (let i = 0; i < n; i++) { says(name + i); yield id(i); } } finally { says(name + 'closed'); } }
class Counter { n = 0; constructor(end) { this.end = end; } [Symbol.iterator]() { says('open'); return this; }
  next(value) { says('next' + value); return id({ done: this.n >= this.end, value: this.n++ }); }
  return(value) { says('return' + value); return id({ done: true, value: 'returned' }); } }
`;

function alike(name: string, body: string, logs?: string): void {
  behavesAlike(name, TOOLS + body, logs);
}

describe('array patterns', () => {
  alike(
    'values are fetched between defaults',
    `const [a = says('da'), b = says('db'), c = says('dc')] = gives('g', 2); log([a, b, c].join());`,
    'g0 g1 gclosed dc 0,1,dc',
  );
  alike(
    'an iterator is closed where the pattern ends before it',
    `const [a, , b = says('d')] = new Counter(9); log([a, b].join()); const [] = new Counter(1); const [...all] = new Counter(2); log(all.join());`,
    'open nextundefined nextundefined nextundefined returnundefined 0,2 open returnundefined open nextundefined nextundefined nextundefined 0,1',
  );
  alike(
    'inside patterns',
    `const { x: [p, q = says('d')] = [], y: { z: [r, ...s] } = { z: gives('z', 3) }, ['k' + 1]: k = says('k'), ...rest } = { x: gives('x', 9), w: 1, v: 2 };
log([p, q, r, s, k, JSON.stringify(rest)].join()); const [[a, [b]] = gives('d', 1), ...[c]] = [[1, gives('b', 2)], gives('c', 1)]; log([a, b, typeof c].join());`,
  );
  alike(
    'targets of assignments are evaluated before their values are fetched',
    `const o = { set p(v) { log('p' + v); } }; const at = (k) => { says(k); return o; }; let k;
const list = gives('l', 9); log(([at('first').p, at('second')[says('key')] = says('d'), k = 1, ...at('rest').all] = new Counter(5)) instanceof Counter);
({ [says('x')]: [at('t').y], ...at('r').rest } = { x: gives('x', 2), e: 1 }); log(JSON.stringify(o)); [k] = list; log(k);
class P { #p; set(it) { [this.#p = says('dp')] = it; return this.#p; } } log(new P().set(gives('p', 0)));`,
  );
  alike(
    'in parameters, loops and catch clauses',
    `function f([a, b = says('b')], { c: [c] = gives('c', 1) } = {}, ...[d]) { return [a, b, c, d, arguments.length, f.length].join(); } log(f(gives('f', 1), undefined, 4)); log(f([1, 2], { c: 'xy' }));
const g = ([a], [b] = [a]) => a + b; log(g(gives('g', 3)));
for (const [a, { b: [c] }] of [[1, { b: gives('l', 2) }], [2, { b: 'xy' }]]) log(a + c); let x, y; for ([x, y = says('y')] of [gives('m', 1)]) log(x + y);
for (const [k, v] of new Map([[1, 2], [3, 4]])) log(k + v); try { throw gives('t', 2); } catch ([m, n, o = says('o')]) { log([m, n, o].join()); }`,
  );
  alike(
    'an iterator that throws is not closed, one whose value cannot be used is',
    `const bad = { [Symbol.iterator]() { return id(this); }, next() { says('next'); throw new Error('bad'); }, return() { log('never'); } };
for (const f of [() => { const [a = 1] = bad; }, () => { const [a, [b]] = new Counter(3); }, () => { const [{ x: [y] }] = new Counter(3); }, () => { const [a = says('d')] = 5; }, () => { const { x: [y] } = { x: null }; }, () => { const [a] = { [Symbol.iterator]() { return 1; } }; }, () => { [undefined.x] = new Counter(1); }]) { try { f(); } catch (e) { log(e); } }`,
  );
  alike(
    'functions in defaults keep their names',
    `const [f = () => id(1), { g = function () { id(2); } }] = [undefined, {}]; let h; [h = class {}] = []; log(f.name + g.name + h.name);`,
    'fgh',
  );
});

describe('for…of', () => {
  alike(
    'the method that makes the iterator may switch',
    `for (const x of new Counter(2)) log(x); for (const x of { [Symbol.iterator]() { says('made'); return id([1, 2].values()); } }) log(x);`,
  );
});

describe('yield*', () => {
  alike(
    'hands everything through',
    `function* outer() { const got = yield* gives('in', 2); log(got); const r = yield* new Counter(2); log(r); try { return yield* gives('last', 1); } finally { says('finally'); } }
log([...outer()].join()); const it = outer(); log(JSON.stringify([it.next(1), it.next(2), it.next(3), it.next(4), it.return(5), it.next()]));`,
  );
  alike(
    'errors and returns reach the inner iterator',
    `function* inner() { for (;;) { try { yield id(1); } catch (e) { log(e); if (e === 'out') throw id('thrown'); yield says('caught'); } finally { says('f'); } } }
function* outer() { try { yield* inner(); } catch (e) { log('outer ' + e); yield says('after'); } return 'end'; }
let it = outer(); log(JSON.stringify([it.next(), it.throw('a'), it.next(), it.throw('out'), it.next()]));
it = outer(); it.next(); log(JSON.stringify([it.return(id(7)), it.next()]));
function* plain() { yield* { [Symbol.iterator]: () => ({ next: () => id({ value: 1 }), return() { says('closed'); return id({}); } }) }; }
it = plain(); it.next(); try { it.throw(new Error('no')); } catch (e) { log(e); }
function* keeps() { const r = yield* { [Symbol.iterator]() { return id(this); }, next: () => id({ value: 1 }), return: (v) => id({ done: false, value: 'kept' + v }), throw: (v) => id({ done: true, value: v }) }; log(r); }
it = keeps(); log(JSON.stringify([it.next(), it.return(1), it.return(2), it.throw(3)]));`,
  );
});
