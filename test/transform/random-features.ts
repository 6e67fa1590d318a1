/** Statements of random programs: iterators, generators, constructors, patterns; one function for each kind. */

/** What a kind of statement is made with. */
export interface Make {
  /** A name that nothing else has. */
  name: string;
  /** An expression. */
  e(): string;
  /** An expression that may use more names, or the members of a class: `this.x`, `this.y`, `#z`, `#p`, `super.get`. */
  inside(names: readonly string[], inMethod?: boolean): string;
  /** Statements that may use them. */
  block(
    names: readonly string[],
    options?: { inMethod?: boolean; loops?: readonly string[] },
  ): string;
  pick<T>(list: readonly T[]): T;
  /** A variable that may be assigned to. */
  writable(): string;
}

/** What these statements use. What is asynchronous runs at the end, one after the other. */
export const TOOLS = `function* it(...list) { try { for (const x of list) { tick('y'); const got = yield add(x, 0); if (got !== undefined) tick(got); } return id('r'); } finally { tick('closed'); } }
class Counter { constructor(end) { this.n = 0; this.end = id(end); } [Symbol.iterator]() { tick('open'); return this; } next(v) { return id({ done: this.n >= this.end, value: this.n++ }); } return(v) { tick('return'); return id({ done: true, value: v }); } }
const later = []; const all = async (list) => { for (const f of list) { try { await f(); } catch (e) { log(String(e)); } } };
const text = (x) => { try { return JSON.stringify(x) ?? String(x); } catch (e) { return String(e); } };`;

const PRIVATES = '#z = 1; #p(n = this.#z) { return add(n); } y = 2;';

/** The kinds. */
export const FEATURES: readonly ((make: Make) => string)[] = [
  patternsOfIterators,
  nestedPatterns,
  assignments,
  loops,
  delegation,
  delegation,
  asyncGenerators,
  constructors,
  constructors,
  builtInParents,
  functionConstructors,
  objectsWithSuper,
  finallyJumps,
  spreads,
  chainsAndTags,
  switchFunctions,
  members,
  accessors,
  closures,
];

function list({ e, pick }: Make): string {
  return pick([
    `it(${e()}, ${e()})`,
    `it(${e()})`,
    `new Counter(${pick([0, 1, 3])})`,
    `[${e()}, undefined]`,
    `new Set([${e()}, ${e()}])`,
    `'ab'`,
  ]);
}

function patternsOfIterators(make: Make): string {
  const { name, e } = make;
  return `const [${name}, , ${name}b = ${e()}] = ${list(make)}; tick(${name} + ${name}b); const [...${name}c] = ${list(make)}; tick(${name}c.join()); { const [${name} = ${e()}, ${name}e = () => id(1)] = ${list(make)}; tick(${name}); tick(${name}e); }`;
}

function nestedPatterns(make: Make): string {
  const { name, e, block, inside } = make;
  return `function ${name}([p, { x: [q = ${e()}, ...s] = ${list(make)}, ...t } = {}, [u = p] = [${e()}]] = ${list(make)}, { y: { z: [w] = ${list(make)} } = {} } = {}) { tick(text([q, s, t, w, u])); ${block(['p', 'q'])}
return ${inside(['p', 'q'])} }
tick(${name}()); tick(${name}(${list(make)}, { y: { z: ${list(make)} } })); tick(${name}(it(1, { x: ${list(make)}, k: 1 })))`;
}

function assignments(make: Make): string {
  const { name, e, writable } = make;
  return `const ${name} = { set k(v) { log(v); } }; tick(text(([${writable()}, ${name}[id('p')] = ${e()}, ...${name}.k] = ${list(make)}) === 1)); ({ [id('x')]: [${writable()} = ${e()}, ${name}.q], ...${name}.r } = { x: ${list(make)}, l: ${e()} }); tick(text(${name}))`;
}

function loops(make: Make): string {
  const { name, e, block, pick } = make;
  return `L${name}: for (const [${name}, { y = ${e()} } = {}] of [${list(make)}, ${list(make)}]) { tick(y); ${block([name], { loops: [`L${name}`] })} }
for (${pick([`let [${name}, z = ${e()}]`, `var [${name}z = ${e()}, z]`])} of [${list(make)}]) { tick(z); ${pick(['break', 'continue', ''])} }
try { throw ${list(make)} } catch ([${name}, c = ${e()}]) { tick(${name} + c) }`;
}

function delegation(make: Make): string {
  const { name, e, block, inside } = make;
  return `function* ${name}(p) { try { const r = yield* ${list(make)}; tick(r); ${block(['p'])}
try { yield* ${list(make)}; yield ${inside(['p'])} } catch (x) { tick(x); yield* [id('c')] } return yield* it(${e()}) } finally { tick('f'); yield* it('late') } }
tick([...${name}(${e()})].join()); const ${name}i = ${name}(1); tick(text([${name}i.next(), ${name}i.next(${e()}), ${name}i.${make.pick(['throw', 'return', 'next'])}(${e()}), ${name}i.next(), ${name}i.return(4), ${name}i.next()]))`;
}

/** `yield*` of an iterator without `throw` differs between versions of V8, so it is one that has it. */
function asyncGenerators(make: Make): string {
  const { name, e, block, inside } = make;
  return `later.push(async () => { async function* ${name}(p) { try { ${block(['p'])}
const got = yield ${inside(['p'])}; tick(got); yield* it(${e()}, 2); yield await ${e()}; return id(3) } catch (x) { tick(String(x)); yield 'c' } finally { await null; tick('f') } }
for await (const x of ${name}(${e()})) { tick(x); if (id(x) === 1) break } const i = ${name}(1); tick(text([await i.next(), await i.next(${e()}), await i.${make.pick(['throw', 'return', 'next'])}(${e()}), await i.next()]));
for await (const [x = ${e()}] of [Promise.resolve([1]), ${list(make)}, []]) tick(x); async function* d() { yield* ${name}(2); const r = yield* it(1); tick(r) } for await (const x of d()) tick(x) })`;
}

function constructors(make: Make): string {
  const { name, e, block, inside, pick } = make;
  return `class ${name} extends Base { ${PRIVATES} f = ${inside([], true)}; g = () => add(this.f, this.#z); constructor(p, [q] = ${list(make)}, s = ${e()}) { const lazy = () => this.x; ${block(['p', 'q', 's'])}
super(${inside(['p', 'q'])}); tick(lazy()); this.w = ${inside(['p'], true)}; ${block(['p', 'q'], { inMethod: true })}${pick(['', ` if (id(q) === 1) return { r: ${e()} };`])} tick(new.target.name) } h() { return ${inside([], true)} } }
class ${name}s extends ${name} { k = ${e()}; l${pick([' = id(this.k)', ''])} }
for (const K of [${name}, ${name}s]) { try { const o = new K(${e()}, ${pick(['undefined', list(make)])}); tick(text(o)); tick(o.g?.()); tick(o.h?.()) } catch (x) { tick(String(x)) } }`;
}

function builtInParents(make: Make): string {
  const { name, e, pick } = make;
  return pick([
    `class ${name} extends Array { n = id(1); constructor(...r) { super(...r); tick(this.length) } sum() { return this.reduce((x, y) => add(x, y), 0) } } const ${name}o = new ${name}(${e()}, ${e()}, 1); tick(${name}o.sum()); tick(${name}o.n); tick(${name}o instanceof Array)`,
    `class ${name} extends Map { n = ${e()}; constructor(it) { super(it); tick(this.size) } get(k) { return id(super.get(k)) } } tick(new ${name}(it([1, 2], [${e()}, 3]).map ? [] : [[1, ${e()}]]).get(1)); tick(new ${name}().n); tick(text([...new Set(${list(make)})])); tick(new Map([[1, ${e()}]]).size)`,
    `class ${name} extends Error { code = ${e()}; constructor(m) { super(id(m)); this.name = id('N') } } try { throw new ${name}(${e()}) } catch (x) { tick(String(x)); tick(x.code); tick(x instanceof ${name}) }`,
    `class ${name} extends Promise { constructor(run) { tick('P'); super(run) } } later.push(async () => { tick(await new ${name}((yes) => yes(${e()}))); tick(await new Promise((yes, no) => { tick('run'); yes(${e()}) })) })`,
  ]);
}

function functionConstructors(make: Make): string {
  const { name, e, block, inside, pick } = make;
  return `function ${name}(p) { ${pick([`if (!new.target) return new ${name}(p);`, 'tick(typeof new.target);', ''])} ${block(['p'])}
if (this) this.x = ${inside(['p'])}; ${pick(['', 'return { q: id(1) }', 'return id(2)'])} } ${name}.prototype.get = function () { return id(this.x) };
class ${name}s extends ${name} { y = ${e()}; constructor() { super(${e()}); tick(this.get?.()) } }
tick(text(new ${name}(${e()}))); tick(text(new ${name}s())); tick(text(Reflect.construct(${name}, [${e()}], Base))); tick(text(${name}.call({}, 1)))`;
}

function objectsWithSuper(make: Make): string {
  const { name, e, inside } = make;
  return `const ${name} = { __proto__: { m(p) { return add(p, this.n) }, get g() { return tick('g') } }, n: ${e()}, m(p) { return super.m(${inside(['p'])}) + [1].map((q) => super.m(q)).join() + super.g }, *it() { yield super.m(1); yield* ${list(make)} }, [id('k')](p) { return super.m(p) } }; tick(${name}.m(${e()})); tick([...${name}.it()].join()); tick(${name}.k(2)); tick(Object.keys(${name}).join())`;
}

function finallyJumps({ name, e, block, pick }: Make): string {
  const loop = `L${name}`;
  const jump = () =>
    pick([`break ${loop}`, `continue ${loop}`, 'break', 'continue', 'throw id(7)']);
  return `try { ${loop}: for (let i = 0; i < 3; i++) { for (const j of [0, 1]) { try { try { ${block(['i', 'j'], { loops: [loop] })}
if (${e()} > 1) ${jump()} } finally { tick('f1'); if (id(j) === ${pick([0, 1])}) ${jump()} } } catch (x) { tick(String(x)) } finally { tick('f2') } } } } catch (x) { tick(String(x)) }`;
}

function spreads(make: Make): string {
  const { e } = make;
  return `tick([...${list(make)}, ${e()}, ...[${e()}]].join()); tick(add(...${list(make)})); tick(new Base(...${list(make)}).x); tick(text({ ...{ x: ${e()} }, ...[${e()}] })); tick(id.apply(null, [...${list(make)}])); tick(Math.max(...it(1, 2), ${e()}))`;
}

function chainsAndTags({ name, e }: Make): string {
  return `const ${name} = { o: { m(q) { return add(q, this.n) }, n: ${e()} }, tag(s, ...v) { return s.raw.join('|') + v.map((q) => id(q)).join() + (this === ${name}) } }; tick(${name}.o?.m?.(${e()}) ?? ${e()}); tick(${name}.p?.m(${e()}).x[${e()}]); tick(${name}?.['o'].m(${e()})?.toString()); tick(${name}.tag\`a\${${e()}}b\${id(${e()})}\`); tick((${name}.o?.m)(1)); tick(delete ${name}?.o?.m(1).x); tick(new (class { v = ${e()} })().v)`;
}

function switchFunctions({ name, e, block }: Make): string {
  return `switch (${e()}) { case ${name}(1): tick('first'); default: function ${name}(p) { return add(p) } ${block([])}
case ${e()}: tick(${name}(2)); class ${name}c { static s = 1; static { tick('static'); } m() { return id(${name}c.s) } } tick(new ${name}c().m()) }`;
}

function members(make: Make): string {
  const { name, e, inside } = make;
  return `let ${name}n = 0; const ${name} = class extends Base { ${PRIVATES} [id('a' + ${name}n++)](p) { return ${inside(['p'], true)} } static [id('b' + ${name}n++)]() { return id(this.name) } *[id('c' + ${name}n++)]() { yield* this.#it() } *#it() { yield ${inside([], true)}; yield* ${list(make)} } static make = (...r) => new this(...r); get v() { return tick('get') } set v(p) { tick('set' + p) } }; const ${name}o = ${name}.make(${e()}); tick(${name}o.a0(${e()})); tick(${name}.b1()); tick([...${name}o.c2()].join()); ${name}o.v += ${e()}; tick(${name}o.a0.name)`;
}

function accessors({ name, e }: Make): string {
  return `const ${name} = { n: 1, get g() { return this.n }, set g(v) { this.n = v }, [id('k')]: ${e()}, m() { return this.n } }; ${name}.g += ${e()}; ${name}[id('n')]++; ${name}.n ||= ${e()}; tick(${name}.m() + ${name}['k']); tick(delete ${name}?.m().x); tick('n' in ${name})`;
}

function closures({ name, e }: Make): string {
  return `const ${name} = []; for (let i = 0; i < 3; i++) { ${name}.push(() => add(i, i++)) }; tick(${name}.map((f) => f()).join()); for (const k of new Map([[1, ${e()}], [2, 3]]).keys()) tick(k)`;
}
