/** Random programs for the differential test: every one ends, and logs what it does. */

import { type Choices, seededChoices } from './choices.ts';
import { FEATURES, TOOLS } from './random-features.ts';

const DEEPEST = 4;

/** The text of a function `(log) => …` made of nested statements over most of the language. */
export function randomProgram(seed: number): string {
  return programOf(seededChoices(seed));
}

/** The program that a list of choices leads to. */
export function programOf(choices: Choices): string {
  return new Generator(choices).program();
}

interface Place {
  /** The variables that may be read. */
  names: readonly string[];
  /** Those that may be written. */
  writable: readonly string[];
  depth: number;
  loops: readonly string[];
  inMethod: boolean;
  /** Whether `arguments` may be used. */
  hasArguments: boolean;
}

class Generator {
  private readonly random: Choices;
  private count = 0;
  /** Keeps programs small. */
  private budget = 90;

  constructor(choices: Choices) {
    this.random = choices;
  }

  program(): string {
    const place: Place = {
      names: ['a', 'b'],
      writable: ['a', 'b'],
      depth: 0,
      loops: [],
      inMethod: false,
      hasArguments: true,
    };
    return `function (log) {
let fuel = 400;
const tick = (value) => { if (--fuel < 0) throw new RangeError('fuel'); log(value); return value; };
const id = function (x) { tick('id'); return x; };
const add = (x, y = id(1)) => { tick('add'); return x + y; };
const tag = (strings, ...values) => { tick(strings.raw.join('|')); return values.length + strings.length; };
class Base { constructor(x) { this.x = x; } get() { tick('get'); return this.x; } twice(f) { return f(this.get()) + f(this.x); } }
${TOOLS}
let a = 1, b = 2;
${this.block(place, 6)}
return all(later).then(() => [a, b].map(String).join());
}`;
  }

  private fresh(): string {
    return `v${this.count++}`;
  }

  private block(place: Place, most: number): string {
    const lines: string[] = [];
    let inner = place;
    const count = 1 + this.random.below(most);
    for (let i = 0; i < count && this.budget > 0; i++) {
      const [text, names, writable] = this.statement(inner);
      lines.push(text);
      inner = {
        ...inner,
        names: [...inner.names, ...names],
        writable: [...inner.writable, ...writable],
      };
    }
    return lines.join('\n');
  }

  private statement(
    place: Place,
  ): [text: string, names: readonly string[], writable: readonly string[]] {
    this.budget--;
    const deep = place.depth >= DEEPEST;
    const inner: Place = { ...place, depth: place.depth + 1 };
    const e = () => this.expression(place, 0);
    const body = () => `{ ${this.block(inner, 3)} }`;
    const name = this.fresh();
    const choice = this.random.below(deep ? 8 : 34 + FEATURES.length);
    if (choice >= 34) return [this.feature(place, inner, name, choice - 34), [], []];
    switch (choice) {
      case 0:
        return [`let ${name} = ${e()}`, [name], [name]];
      case 1:
        return [`const ${name} = ${e()}`, [name], []];
      case 2:
        return [`tick(${e()})`, [], []];
      case 3:
        return [`${this.random.pick(place.writable)} = ${e()}`, [], []];
      case 4:
        return [
          `${this.random.pick(place.writable)} ${this.random.pick(['+=', '-=', '??=', '&&=', '||='])} ${e()}`,
          [],
          [],
        ];
      case 5:
        return [`const { x: ${name} = ${e()}, ...${name}r } = ${this.object(place)}`, [name], []];
      case 6:
        return [
          `const [${name}, ${name}b = ${e()}] = [${e()}, ${this.random.pick(['undefined', e()])}]`,
          [name, `${name}b`],
          [],
        ];
      case 7:
        if (place.loops.length > 0 && this.random.below(2) === 0)
          return [
            `if (${e()} > 3) ${this.random.pick(['break', 'continue'])} ${this.random.pick(place.loops)}`,
            [],
            [],
          ];
        return [`if (fuel < 100) throw new Error(String(${e()}))`, [], []];
      case 8:
      case 9:
        return [`if (${e()}) ${body()} else ${body()}`, [], []];
      case 10:
      case 11: {
        const loop: Place = {
          ...inner,
          names: [...place.names, name],
          loops: [...place.loops, `L${name}`],
        };
        return [
          `L${name}: for (let ${name} = ${this.number()}, end = id(3); ${name} < end; ${name} = add(${name})) { ${this.block(loop, 3)} }`,
          [],
          [],
        ];
      }
      case 12: {
        const loop: Place = {
          ...inner,
          names: [...place.names, name],
          loops: [...place.loops, `L${name}`],
        };
        return [
          `L${name}: for (const ${name} of [${e()}, ${e()}]) { ${this.block(loop, 3)} }`,
          [],
          [],
        ];
      }
      case 13: {
        const loop: Place = { ...inner, loops: [...place.loops, `L${name}`] };
        return [
          `let ${name} = 0; L${name}: while (${name}++ < id(2)) { ${this.block(loop, 3)} }`,
          [name],
          [],
        ];
      }
      case 14: {
        const loop: Place = { ...inner, loops: [...place.loops, `L${name}`] };
        return [
          `let ${name} = 0; L${name}: do { ${this.block(loop, 2)} } while (id(${name}++) < 1)`,
          [name],
          [],
        ];
      }
      case 15: {
        const loop: Place = {
          ...inner,
          names: [...place.names, name],
          loops: [...place.loops, `L${name}`],
        };
        return [
          `L${name}: for (const ${name} in ${this.object(place)}) { ${this.block(loop, 2)} }`,
          [],
          [],
        ];
      }
      case 16:
      case 17:
        return [
          `try ${body()} catch (${name}) { tick(String(${name})); ${this.block({ ...inner }, 2)} }${this.random.below(2) === 0 ? ` finally ${body()}` : ''}`,
          [],
          [],
        ];
      case 18:
        return [`try ${body()} finally ${body()}`, [], []];
      case 19:
        return [
          `switch (${e()}) { case ${e()}: ${this.block(inner, 2)}; break; case ${this.number()}: ${this.block(inner, 2)}; default: tick('d') }`,
          [],
          [],
        ];
      case 20:
      case 21: {
        const fn: Place = {
          ...inner,
          names: [...place.names, 'p', 'q'],
          writable: [...place.writable, 'p'],
          loops: [],
          inMethod: false,
          hasArguments: true,
        };
        return [
          `function ${name}(p, q = ${this.random.pick(['1', 'add(2)', 'p'])}) { ${this.block(fn, 3)}\nreturn ${this.expression(fn, 0)} }\ntick(${name}(${e()}))`,
          [],
          [],
        ];
      }
      case 22: {
        const fn: Place = {
          ...inner,
          names: [...place.names, 'p'],
          writable: place.writable,
          loops: [],
          inMethod: true,
          hasArguments: true,
        };
        return [
          `class ${name} extends Base { y = ${this.number()}; #z = 1; static make(...r) { return new ${name}(...r) } m(p) { ${this.block(fn, 3)}; return ${this.expression(fn, 0)} } #p(n = this.#z) { return add(n) } s() { return super.get() + this.#p() } get g() { return this.x } }\ntick(${name}.make(${e()}).m(${e()})); tick(new ${name}(2).s()); tick(new ${name}(3)?.g)`,
          [],
          [],
        ];
      }
      case 23:
        return [
          `[${e()}, ${e()}].forEach((${name}, i) => { tick(${name}); ${this.block({ ...inner, names: [...place.names, name], loops: [] }, 2)} })`,
          [],
          [],
        ];
      case 26: {
        const fn: Place = {
          ...inner,
          names: [...place.names, 'p'],
          loops: [],
          inMethod: false,
        };
        return [
          `function* ${name}(p) { try { ${this.block(fn, 2)}\nconst got = yield ${this.expression(fn, 1)}; tick(got); yield ${this.expression(fn, 1)}; return id(9) } finally { tick('f') } }
for (const x of ${name}(${e()})) { tick(x); if (id(x) === ${this.number()}) break }
const ${name}i = ${name}(1); tick(JSON.stringify([${name}i.next(), ${name}i.next(${e()}), ${name}i.return(4), ${name}i.next()]))`,
          [],
          [],
        ];
      }
      case 27: {
        const loop: Place = {
          ...inner,
          names: [...place.names, name],
          loops: [...place.loops, `L${name}`],
        };
        return [
          `L${name}: for (const [${name}, { y = ${e()} } = {}] of [[${e()}], [1, { y: ${e()} }]]) { tick(y); ${this.block(loop, 3)} }`,
          [],
          [],
        ];
      }
      case 28:
        return [
          `;[${this.random.pick(place.writable)}, ${this.random.pick(place.writable)} = ${e()}] = [${e()}]; ({ x: ${this.random.pick(place.writable)} = ${e()} } = ${this.object(place)})`,
          [],
          [],
        ];
      case 30:
        return [
          `B${name}: { tick(1); if (${e()}) break B${name}; ${this.block({ ...inner, loops: [] }, 2)} }`,
          [],
          [],
        ];
      case 31: {
        const fn: Place = { ...inner, loops: [], inMethod: false };
        return [
          `class ${name} extends Base { static k = 1; static { this.k = 2 } f = (q) => add(q, this.x); ['c' + 1](q) { return id(q) } get h() { return this.x } set h(v) { this.x = v } get() { return [1].map((q) => super.get() + q + this.f(q)).join() } *it() { yield id(this.x); yield* [2] } }
const ${name}o = new ${name}(${this.expression(fn, 1)}); ${name}o.h = ${e()}; tick(${name}o.get()); tick(${name}o.c1(${name}.k)); for (const x of ${name}o.it()) tick(x); tick([1, 2].map(${name}o.f).join())`,
          [],
          [],
        ];
      }
      case 32: {
        const fn: Place = {
          ...inner,
          names: [...place.names, 'x', 'y'],
          loops: [],
          inMethod: false,
        };
        return [
          `function ${name}({ x = id(1), ...z } = {}, [y = add(x)] = [], ...w) { tick(JSON.stringify([z, w])); const all = () => arguments.length + w.length; ${this.block(fn, 2)}\nreturn all() + ${this.expression(fn, 1)} }
tick(${name}()); tick(${name}({ x: ${e()}, k: 1 }, [${e()}], 3, ...[4]))`,
          [],
          [],
        ];
      }
      case 24:
        return [`return ${e()}`.replace(/^return/, 'if (fuel < 200) return'), [], []];
      default: {
        const fn: Place = { ...inner, names: [...place.names, 'p'], loops: [] };
        return [`const ${name} = (p) => ${this.expression(fn, 0)}\ntick(${name}(${e()}))`, [], []];
      }
    }
  }

  /** A statement of the kinds that have a file of their own. */
  private feature(place: Place, inner: Place, name: string, index: number): string {
    const feature = FEATURES[index] as (typeof FEATURES)[number];
    return feature({
      name,
      e: () => this.expression({ ...place, inMethod: false, hasArguments: false }, 1),
      inside: (names, inMethod = false) =>
        this.expression(
          { ...inner, names: [...place.names, ...names], inMethod, hasArguments: false },
          1,
        ),
      block: (names, { inMethod = false, loops = [] } = {}) => {
        const all = [...place.names, ...names];
        return `${this.block({ ...inner, names: all, inMethod, loops, hasArguments: false }, 2)}\n`;
      },
      pick: (list) => this.random.pick(list),
      writable: () => this.random.pick(place.writable),
    });
  }

  private number(): string {
    return String(this.random.below(5));
  }

  private object(place: Place): string {
    const e = () => this.expression(place, 2);
    return `{ ${this.random.pick(['x', 'y', '["x"]'])}: ${e()}, z: ${e()}, m(q) { return add(q, ${e()}) } }`;
  }

  private expression(place: Place, depth: number): string {
    this.budget--;
    if (depth > 3 || this.budget < 0) return this.random.pick([...place.names, this.number()]);
    const e = () => this.expression(place, depth + 1);
    switch (this.random.below(24)) {
      case 0:
      case 1:
        return this.random.pick(place.names);
      case 2:
        return this.number();
      case 3:
        return `id(${e()})`;
      case 4:
        return `add(${e()}, ${e()})`;
      case 5:
        return `(${e()} ${this.random.pick(['+', '-', '*', '<', '===', '&&', '||', ',', '%'])} ${e()})`;
      case 6:
        return `(${e()} ?? ${e()})`;
      case 7:
        return `(${e()} ? ${e()} : ${e()})`;
      case 8:
        return `\`t\${${e()}}\${${e()}}\``;
      case 9:
        return `tag\`s\${${e()}}\``;
      case 10:
        return `((p) => add(p, ${e()}))(${e()})`;
      case 11:
        return `(function (p) { return add(p${this.random.pick(['', ', arguments.length'])}) })(${e()}, ${e()})`;
      case 12:
        return `new Base(${e()}).${this.random.pick(['get()', 'twice(id)', 'x', 'get?.()'])}`;
      case 13:
        return `(${this.object(place)}).${this.random.pick(['m(1)', 'x', 'nope?.(tick(1))', 'x?.y?.z(tick(2))', 'm?.(2)'])}`;
      case 14:
        return `[${e()}, ...[${e()}, id(1)]].map((p) => add(p)).join()`;
      case 15:
        return `Math.max(${e()}, ...[id(2)])`;
      case 16:
        return `[1, 2, 3].${this.random.pick(['filter((p) => id(p) > 1).length', 'reduce((x, y) => add(x, y))', 'find((p) => id(p) === 2)', 'some((p) => id(p) > 2)', 'every((p) => id(p) > 0)'])}`;
      case 17:
        return `id.call(null, ${e()})`;
      case 18:
        return `add.apply(null, [${e()}, ${e()}])`;
      case 19:
        return `add.bind(null, ${e()})(${e()})`;
      case 20:
        return place.inMethod
          ? `this.${this.random.pick(['get()', 'x', 'y', 'twice((p) => add(p, this.x))'])}`
          : e();
      case 21:
        return place.inMethod
          ? this.random.pick([
              'super.get()',
              '(() => super.get())()',
              'this.#z',
              'this.#p()',
              'this.#p?.(3)',
            ])
          : e();
      case 22:
        return `typeof ${e()}`;
      default:
        return `(${this.random.pick(place.writable)} = ${e()})`;
    }
  }
}
