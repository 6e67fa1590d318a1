/** Where a switch is impossible, the error names what is in the way, the greenlet and the call; elsewhere native callers get the value. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { runProgram } from '../support/fixture.ts';

/** By name: what runs in the greenlet `all`, and what it has to be inside of. */
const CASES: Readonly<Record<string, readonly [body: string, inside: RegExp]>> = {
  'JSON.parse': [
    `JSON.parse('[1]', function reviver(k, v) { return slow(v); })`,
    /native function JSON\.parse, which called reviver$/,
  ],
  'JSON.stringify': [
    `JSON.stringify({ a: 1 }, (k, v) => slow(v))`,
    /native function JSON\.stringify$/,
  ],
  toJSON: [`JSON.stringify(o)`, /native function JSON\.stringify, which called toJSON$/],
  getter: ['o.g', /the getter g \(.*main\.ts:\d+\), which runs as plain code$/],
  setter: ['o.s = 1', /the setter s \(.*main\.ts:\d+\), which runs as plain code$/],
  'a conversion': [`String(o)`, /native function String, which called toString$/],
  'a template': ['`$' + '{o}`', /inside toString, which JavaScript itself called/],
  'an operator': ['+o', /inside valueOf, which JavaScript itself called/],
  'Symbol.toPrimitive': [
    '+{ [Symbol.toPrimitive]() { return slow(1); } }',
    /inside .*, which JavaScript itself called/,
  ],
  'a proxy': [
    `new Proxy({}, { get(t, k) { return slow(k); } }).foo`,
    /inside get, which JavaScript itself called: .*a proxy's trap/,
  ],
  "a proxy's has": [
    `'a' in new Proxy({}, { has: () => slow(true) })`,
    /inside has, which JavaScript itself called/,
  ],
  'a static block': [
    'class A { static { slow(1); } }',
    /the static block or field of a class \(.*main\.ts:\d+\)/,
  ],
  eval: [`eval('slow(1)')`, /code that was given to eval or Function$/],
  Function: [`new Function('f', 'f(1)')(slow)`, /code that was given to eval or Function$/],
  'a package': [
    'each([1], (x) => slow(x))',
    /inside each \(.*node_modules\/pkg\/index\.mjs:1\), which was not transformed$/,
  ],
  'an event': [`new EventEmitter().on('x', () => slow(1)).emit('x')`, /native function .*emit/],
  'a primitive': [`JSON.parse('1', sleep)`, /native function JSON\.parse, which called sleep$/],
};

const PROGRAM = `import { EventEmitter } from 'node:events';
import { joinAll, sleep, spawn } from 'greenlets';
import { each } from 'pkg';
const slow = (x?: any): any => { sleep(0); return x; };
const o: any = {
  get g() { return slow(1); },
  set s(v: any) { slow(v); },
  toString() { return slow('s'); },
  valueOf() { return slow(1); },
  toJSON() { return slow(1); },
};
const said: Record<string, string> = {};
function attempt(name: string, body: () => unknown) {
  try { body(); said[name] = 'nothing'; } catch (error) { said[name] = String(error); }
}
function all() {
${Object.entries(CASES)
  .map(
    ([name, [body]]) =>
      `  attempt(${JSON.stringify(name)}, () => { (${/^class/.test(body) ? body : `() => ${body}`}); ${/^class/.test(body) ? '' : `return (${body});`} });`,
  )
  .join('\n')}
}
joinAll([spawn(all)]);
console.log(JSON.stringify(said));
`;

describe('a switch is a clear error in', () => {
  let said: Record<string, string> = {};
  before(async () => {
    const { stdout, stderr } = await runProgram(PROGRAM, {
      files: {
        'node_modules/pkg/package.json': '{ "name": "pkg", "exports": "./index.mjs" }',
        'node_modules/pkg/index.mjs':
          'export function each(list, f) { for (const x of list) f(x); }',
      },
    });
    assert.notEqual(stdout, '', stderr);
    said = JSON.parse(stdout);
  });
  for (const [name, [, inside]] of Object.entries(CASES)) {
    test(name, () => {
      const text = said[name] ?? '';
      assert.match(text, /^CannotSwitchError: sleep would have to switch, but all #2 is inside /);
      assert.match(text, inside);
    });
  }
});

test('main is named as well, and goes on', async () => {
  const { stdout } = await runProgram(`import { sleep } from 'greenlets';
try { JSON.parse('1', () => sleep(0)); } catch (error) { console.log(error.message, error.greenlet.name); }
sleep(0);
console.log('goes on');
`);
  assert.equal(
    stdout,
    'sleep would have to switch, but main #1 is inside the native function JSON.parse main\ngoes on\n',
  );
});

test('a native caller outside any greenlet gets the value, or a promise of it', async () => {
  const program = `import { sleep } from 'greenlets';
import { run } from 'pkg';
run(
  (x) => x + 1,
  (x) => { sleep(0); return x * 2; },
  () => { sleep(0); throw new Error('late'); },
);
`;
  const { stdout, stderr } = await runProgram(program, {
    name: 'main.js',
    files: {
      'package.json': '{ "type": "module" }',
      'node_modules/pkg/package.json': '{ "name": "pkg", "exports": "./index.mjs" }',
      'node_modules/pkg/index.mjs': `export function run(quick, slow, fails) {
  const alive = setInterval(() => {}, 1000);
  setImmediate(() => {
    const [a, b, c] = [quick(4), slow(4), fails()];
    console.log(a, b instanceof Promise, c instanceof Promise);
    b.then((value) => console.log(value));
    c.catch((error) => { console.log(error.message); clearInterval(alive); });
  });
}`,
    },
  });
  assert.equal(stdout, '5 true true\n8\nlate\n', stderr);
});
