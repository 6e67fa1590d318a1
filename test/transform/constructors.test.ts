/** Constructors that switch: each body runs plainly and with a switch at every call. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { transform } from '../../runtime/src/transform.ts';
import { behavesAlike } from '../support/alike.ts';
import { runProgram } from '../support/fixture.ts';

const TOOLS = `const id = (x) => x; const says = (x) => { log(x); return id(x); };
const tried = (f) => { try { return f(); } catch (e) { log(e); return e; } };
class A { x = says('x'); #p = says('p'); y; z = () => id(this.x); constructor(a, b = says('b')) { log([new.target.name, this.x, this.#p].join()); this.a = says(a); this.b = b; } get p() { return this.#p; } m() { return id('m' + this.a); } static of(...r) { return new this(...r); } }
`;

function alike(name: string, body: string, logs?: string): void {
  behavesAlike(name, TOOLS + body, logs);
}

describe('classes', () => {
  alike(
    'the base class: fields, then the body',
    'const a = new A(1); log(Object.keys(a).join()); log([a.p, a.z(), a.m(), A.length, A.name, new A, A.of(2, 3).b].join());',
    'x p b A,x,p 1 x,y,z,a,b x p b A,x,p undefined x p A,x,p 2 p,x,m1,1,A,[object Object],3',
  );
  alike(
    'derived classes: fields after super(), this and super in arrow functions',
    `class B extends A { q = says('q'); #r = says('r'); constructor(...r) { const f = () => this.a; tried(f); says('before'); super(says('arg'), ...r); log([f(), super.m(), (() => super.m())(), this.q, this.#r, new.target === B, (() => new.target.name)()].join()); } has(o) { return #r in o; } }
class C extends B { k = says('k'); #own = 1; static own(c) { return c.#own; } } class D extends C { constructor() { super(9); log(super.m.name); } }
log(Object.keys(new B()).join()); const c = new C(2); log(Object.keys(c).join()); log([C.own(c), c.has(c), c.has({}), new D() instanceof A, D.of().constructor.name].join());`,
  );
  alike(
    'what super() refuses',
    `class Twice extends A { constructor() { super(1); super(2); } } class Never extends A { constructor() { says('never'); } } class Early extends A { constructor() { this.x = says(1); super(); } }
class Arrow extends A { constructor() { const go = () => super(says('in arrow')); says(go() === this); } } class Null extends null { constructor() { says('null'); super(); } } class NotOne extends A { constructor() { super(says(1)); } }
Object.setPrototypeOf(NotOne, { }); for (const K of [Twice, Never, Early, Arrow, Null, NotOne]) tried(() => new K()); tried(() => A()); tried(() => new (() => id(1))()); tried(() => new id.nope(says('arg')));`,
  );
  alike(
    'objects that are returned',
    `const o = { o: 1 }; class R { constructor(v) { if (id(v)) return v; } } class S extends R { #z = 4; f = says('f'); constructor(v, w) { super(v); if (w !== undefined) return id(w); } static z(v) { return v.#z; } }
log([new R(o) === o, new R(1) instanceof R, S.z(new S(o)), o.f, new S(o, o) === o].join()); tried(() => S.z(new S(0, {}))); tried(() => new S(0, 7)); tried(() => new S(o));
class T extends R { constructor() { try { return says(1); } catch { log('not here'); } finally { says('finally'); super(); } } } tried(() => new T());`,
  );
  alike(
    'built-in parents',
    `function* pairs() { yield id([1, 2]); yield id([3, 4]); } class M extends Map { n = says('n'); constructor(it) { super(it); this.n += id(this.size); } } class L extends Array { constructor(...r) { super(...r); says('L' + this.length); } }
class E extends Error { code = says('code'); constructor(m) { super(id(m)); this.name = 'E'; } } class P extends Promise { constructor(run) { says('P'); super(run); } }
log([new M(pairs()).n, new M(pairs()).get(3), new L(1, 2, 3).map((x) => id(x + 1)).join(), new L(3).length].join()); const e = tried(() => { throw new E('boom'); }); log([e instanceof E, String(e), e.code, Object.keys(e)].join());
return new P((resolve) => resolve(id(5))).then((v) => id(v + 1));`,
  );
  alike(
    'private methods, accessors, expressions, static members',
    `const K = class { #n = says(1); constructor() { this.#up(); this.n = this.#n; } #up() { this.#n += id(1); } static one = new this(); static { log('static ' + this.one.n); } }; log([K.name, K.length, new K().n, new (class { v = id(3); })().v, (class { constructor(a, b) { id(1); } }).name].join());
const o = { K: class extends K { get n() { return id('g'); } set n(v) { says('set' + v); } } }; log(new o.K().n); log(o.K.name);`,
  );
  alike(
    'the order of parameters, fields and bodies',
    `class Q { f = says('field'); constructor(a = says('a'), [b = says('b')] = [], { c = says('c') } = {}) { log([a, b, c, arguments.length].join()); } } new Q(); new Q(1, [2], { c: 3 });
class W extends Q { g = says('g'); constructor(x = says('x')) { super(x); } } new W(); log(Q.length);`,
  );
});

describe('functions', () => {
  alike(
    'constructed, called, and asked for new.target',
    `function F(x) { if (!new.target) return new F(x); this.x = says(x); this.t = (() => new.target.name)(); } F.prototype.get = function () { return id(this.x); };
const G = function () { id(1); return new.target === undefined ? 'called' : { target: new.target }; }; class H extends F { y = says('y'); constructor() { super(6); } }
log([F(3).get(), new F(4).get(), new F(1).t, G(), new G().target === G, new H().get(), new H().y, new H().t, F.call({}, 1).x].join());
function Parent(v) { this.v = says(v); this.t = String(new.target); } function Child() { Parent.call(this, 2); id(1); } Child.prototype = Object.create(Parent.prototype); const c = new Child(); log([c.v, c.t, c instanceof Parent].join());`,
  );
  alike(
    'Reflect.construct and bound functions',
    `function F(x) { this.x = says(x); this.t = new.target.name; } class T {} log([Reflect.construct(F, [1], T) instanceof T, Reflect.construct(F, [1], T).t, new (F.bind(null, 7))().x, Reflect.construct(A, [2], T) instanceof T].join());
tried(() => Reflect.construct(F, [1], () => 1)); tried(() => Reflect.construct(1, [])); const Proxied = new Proxy(A, { construct: (t, args, n) => { log('trap'); return Reflect.construct(t, args, n); } }); log(new Proxied(3).a);`,
  );
  alike(
    'promises whose executor switches',
    `const p = new Promise((resolve, reject) => { says('run'); resolve(id(1)); throw new Error('late'); }); const q = new Promise(() => { throw id('thrown'); }).catch((e) => e); return Promise.all([p, q]).then((all) => all.join());`,
  );
});

test('TypeScript: parameter properties, and a subclass of an imported class', async () => {
  const { stdout, stderr } = await runProgram(
    `import { sleep } from 'greenlets';
import { Base } from './base.ts';
abstract class Shape extends Base { readonly area = this.measure(); constructor(protected readonly n: number, public m = twice(n)) { super(twice(n)); this.m += twice(1); } abstract measure(): number; }
class Square extends Shape { measure(): number { sleep(0); return this.size; } }
function twice(n: number): number { sleep(0); return n * 2; }
const s = new Square(3); console.log(JSON.stringify(s), s instanceof Base);
`,
    {
      files: {
        'base.ts':
          "import { sleep } from 'greenlets';\nexport class Base { size: number; constructor(size: number) { sleep(0); this.size = size; } }\n",
      },
    },
  );
  assert.equal(stdout, '{"size":6,"n":3,"m":8,"area":6} true\n', stderr);
});

test('a class that cannot switch stays as it is', () => {
  const text =
    'class A { x = 1; #y = [this]; constructor(a) { this.a = a; } m() { return new A(1); } } class E extends Error { constructor(m) { super(m); } } new E(String(new A(2)));';
  const { code } = transform(text, { filename: '/plain.mjs' });
  assert.ok(code.includes(text.slice(0, text.indexOf(' new E'))), code);
});
