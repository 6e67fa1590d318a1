/** Members whose place makes them special: each body runs plainly and with a switch at every call. */

import { behavesAlike } from '../support/alike.ts';

const TOOLS = 'const id = (x) => x; const says = (x) => { log(x); return id(x); };\n';

function alike(name: string, body: string, logs?: string): void {
  behavesAlike(name, TOOLS + body, logs);
}

alike(
  "super in an object's methods",
  `const base = { m(x) { return id('base' + x); }, get g() { return this.n; }, n: 1 };
const o = { __proto__: base, n: 2, m(x) { return super.m(id(x)) + (() => super.m(2) + super.g)(); }, *gen() { yield super.m(says(3)); }, async ['a' + 1](x) { return super.m(await x); }, async *ag() { yield super.m(4); }, set s(v) { super.n = v; } };
log(o.m(1)); log([...o.gen()].join()); log(Object.keys(o).join()); log([o.m.name, o.m.length, o.gen.name, o.a1.name, typeof o.ag].join()); Object.setPrototypeOf(o, { m: (x) => says('other' + x), g: 5 }); log(o.m(6));
return o.a1(7).then((v) => o.ag().next().then((r) => log(v + r.value)));`,
);
alike(
  'computed keys of methods',
  `const s = Symbol('sym'); let n = 0; class C { [says('a' + n++)](x, y) { return id(x); } static [says('b' + n++)]() { return id('static'); } async [says('c' + n++)]() { return id(1); } *[says('d' + n++)]() { yield id(2); } [s]() { return id(this.k); } [{ toString() { log('once'); return 'obj'; } }]() { return id('o'); } k = 3; ['x' + 1]() { return id(1); } ['x' + 1]() { return id(2); } get ['y' + 1]() { return 5; } ['z']() { return super.toString(); } }
const c = new C(); log([c.a0(1), C.b1(), [...c.d3()].join(), c[s](), c.obj(), c.x1(), c.y1, c.a0.name, c.a0.length, c[s].name, C.b1.name, c.z()].join()); for (const key of [1, 2]) { const K = class { ['m' + key]() { return id(key); } }; log(new K()['m' + key]()); } const o = { *['g' + n]() { yield id(n); } }; log([...o.g4()].join()); return c.c2().then(log);`,
);
alike(
  'functions declared in a switch',
  `for (const x of [0, 1, 2, 3]) { switch (says(x)) { case id(0): log(f(1)); break; case g(x) && 1: function f(y) { return id('f' + y); } log('one'); default: log(f(x)); break; case 2: function* it() { yield id(f(2)); } async function later() { return id(1); } function g(v) { return id(v); } log([...it()].join() + typeof later); } }
switch (1) { default: log(h()); function h() { return id('h'); } }`,
);
