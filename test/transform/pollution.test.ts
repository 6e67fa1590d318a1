/** Programs that change what the language gives them: the runtime relies on nothing that they can change. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { transform } from '../../runtime/src/transform.ts';
import { repositoryPath } from '../support/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'greenlets-pollution-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(repositoryPath('runtime'), join(folder, 'node_modules/greenlets'), 'junction');
after(() => rmSync(folder, { recursive: true, force: true }));

/** Each is in force while `work` runs, and is undone by hand where Node itself could not go on. */
const CHANGES: Record<string, string> = {
  'no iterator of arrays':
    'const kept = Array.prototype[Symbol.iterator]; delete Array.prototype[Symbol.iterator]; try { work(); } finally { Array.prototype[Symbol.iterator] = kept; }',
  'an iterator of arrays that throws':
    'const its = Object.getPrototypeOf([][Symbol.iterator]()), { next } = its; its.next = () => { throw 1; }; try { work(); } finally { its.next = next; }',
  'setters for elements': `
    for (const key of ['0', '8']) Object.defineProperty(Array.prototype, key, { set() { throw new Error(key); }, configurable: true });
    work();
    for (const key of ['0', '8']) delete Array.prototype[key];`,
  'words of descriptors and steps': `
    Object.assign(Object.prototype, { done: true, value: 1, writable: 1 });
    try { work(); } finally { for (const key of ['done', 'value', 'writable']) delete Object.prototype[key]; }`,
  'no globals': `
    const kept = { Symbol, Reflect, Promise, Map, Set, WeakMap, Object, Array, Function, TypeError, String, Number, Math };
    for (const name in kept) globalThis[name] = undefined;
    try { work(); } finally { for (const name in kept) globalThis[name] = kept[name]; }`,
  'another Reflect.apply': 'Reflect.apply = () => { throw 1; }; work();',
  'frozen prototypes':
    '[Array, Object, Function].forEach((each) => Object.freeze(each.prototype)); work();',
};

const WORK = `
  const t = (x) => x;
  const sum = (a, b, c) => { t(); return a + b + c; };
  function work() {
    const o = { m(x) { return t(x); } };
    class C { #p() { return t(6); } m() { return this.#p(); } }
    const list = [t(1), o.m(2), o?.m(3), new C().m(), sum.call(null, 1, 2, 3), sum.apply(null, { length: 3, 0: 1, 1: 2, 2: 3 })];
    function* gen() { yield t(1); yield t(2); }
    const it = gen();
    const rest = [it.next().value, it.next().value, it.next().done];
    try { (function () { throw t(new RangeError('mine')); })(); } catch (error) { result = error.message; }
    result = list + ',' + rest + ',' + result;
  }
  let result;`;

for (const [what, change] of Object.entries(CHANGES)) {
  it(`stand ${what}`, async () => {
    const filename = join(folder, 'main.cjs');
    const program = `${WORK}\n${change}\nprocess.stdout.write(result);`;
    for (const injectSwitches of [false, true]) {
      writeFileSync(filename, transform(program, { filename, injectSwitches }).code);
      assert.equal(await output(filename), '1,2,3,6,6,6,1,2,true,mine');
    }
  });
}

it('await asks no more of a promise than the language does', async () => {
  const filename = join(folder, 'await.cjs');
  const program = `
    let asked = 0;
    const promise = Promise.resolve(1);
    Object.defineProperty(promise, 'constructor', { get: () => (asked++, Promise) });
    Promise.resolve = () => { throw 1; };
    Promise.prototype.then = () => { throw 1; };
    (async () => { const t = (x) => x; process.stdout.write(String(t(await promise) + asked)); })();`;
  writeFileSync(filename, transform(program, { filename }).code);
  assert.equal(await output(filename), '2');
});

function output(path: string): Promise<string> {
  return new Promise((resolve) => {
    // The checked hub is a tool for tests, and written in the language that these programs break.
    const { GREENLETS_CHECKED: _checked, ...env } = process.env;
    execFile(process.execPath, [path], { env }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}
