/** Scripts: what the transform makes of CommonJS files, run by Node alone, as a user would run it who has installed `greenlets`. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { transform } from '../../runtime/src/transform.ts';
import { repositoryPath } from '../support/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'greenlets-script-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(repositoryPath('runtime'), join(folder, 'node_modules/greenlets'), 'junction');
after(() => rmSync(folder, { recursive: true, force: true }));

describe('a CommonJS file', () => {
  it('shares one hub with modules, in either order', async () => {
    const { stdout } = await run({
      'main.cjs': `
        const { spawn, getHub } = require('greenlets');
        import('./other.mjs').then(({ same }) => console.log(same(spawn, getHub())));`,
      'other.mjs': `
        import { spawn, getHub } from 'greenlets';
        export const same = (fn, hub) => [fn === spawn, hub === getHub()].join();`,
    });
    assert.equal(stdout, 'true,true\n');
  });

  it('may switch at its top level, if it is the entry', async () => {
    const { stdout, code } = await run({
      'main.cjs': `
        const { spawn, sleep, joinAll } = require('greenlets');
        const log = [];
        const work = (name) => { log.push(name + 1); sleep(0); log.push(name + 2); };
        const all = ['a', 'b'].map((name) => spawn(work, name));
        sleep(0);
        log.push('main');
        joinAll(all);
        console.log(log.join());
        spawn(() => { sleep(60); console.log('never'); });`,
    });
    assert.deepEqual({ stdout, code }, { stdout: 'a1,b1,main,a2,b2\n', code: 0 });
  });

  it('has what CommonJS gives it', async () => {
    const { stdout } = await run({
      'main.cjs': `
        const { sleep } = require('greenlets');
        var module;
        var list = [this === module.exports, arguments.length, new.target === undefined];
        sleep(0);
        list.push((() => (sleep(0), arguments[2] === module))());
        list.push(require.main === module, __filename.endsWith('main.cjs'), hoisted());
        console.log(list.join());
        if (list) return;
        console.log('never');
        function hoisted() { sleep(0); return 'hoisted'; }`,
    });
    assert.equal(stdout, 'true,5,true,true,true,true,hoisted\n');
  });

  it('cannot switch at its top level, if it is required', async () => {
    const { stdout } = await run({
      'main.cjs': `
        const { sleep } = require('greenlets');
        sleep(0);
        try { require('./other.cjs'); } catch (error) { console.log(error.name, error.message); }
        const { later } = require('./partial.cjs');
        console.log(later());`,
      'other.cjs': `require('greenlets').sleep(0);`,
      'partial.cjs': `
        const { sleep } = require('greenlets');
        exports.later = () => { sleep(0); return 'later'; };
        console.log(typeof exports.later.call);`,
    });
    assert.match(
      stdout,
      /^CannotSwitchError sleep would have to switch, but main #1 .*\nfunction\nlater\n$/,
    );
  });

  it('fails the process with its error, before and after a switch', async () => {
    for (const first of ['', "require('greenlets').sleep(0);"]) {
      const outcome = await run({ 'main.cjs': `${first}\nthrow new RangeError('mine');` });
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, /RangeError: mine\n\s+at .*main\.cjs/);
    }
  });

  it('is told of a deadlock', async () => {
    const { stderr, code } = await run({
      'main.cjs': `
        const { Event } = require('greenlets/event');
        const never = new Event();
        try { never.wait(); } catch (error) { console.error(error.name); }
        never.wait();`,
    });
    assert.equal(code, 1);
    assert.match(stderr, /^LoopExit\n[\s\S]*LoopExit: This operation would block forever/);
  });

  it('is a module if it has import or export, where its name does not say', () => {
    const options = { filename: '/folder/file.js' };
    assert.match(transform('f();', options).code, /require\("greenlets\/calls"\)/);
    assert.match(transform('export const a = f();', options).code, /^import\{/);
    assert.match(transform('await f();', options).code, /^import\{/);
    assert.match(transform('var await = f();', options).code, /require\("greenlets\/calls"\)/);
  });
});

describe('sloppy mode', () => {
  const programs: Record<string, string> = {
    'boxes this, and strict functions in it do not': `
      function sloppy() { pause(); return typeof this; }
      function strict() { 'use strict'; pause(); return typeof this; }
      const both = { sloppy() { pause(); return typeof this; }, strict() { 'use strict'; pause(); return this; } };
      log(sloppy.call(1), strict.call(1), sloppy.call() === 'object', both.sloppy.call('a'), both.strict.call('a'));
      log((function () { pause(); return this; })() === globalThis, (() => { pause(); return this; })() === this);
      class Strict { method() { return (function () { pause(); return this; })(); } }
      log(new Strict().method());`,
    'has arguments that are the parameters': `
      function f(a, b) { pause(); arguments[0] = 'x'; b = 'y'; pause(); return [a, arguments[1], arguments.length]; }
      log(f(1, 2), f(1));
      function twice(a, a) { pause(); return a; }
      log(twice(1, 2), twice.length);
      function unmapped(a, b = pause()) { arguments[0] = 'x'; return a; }
      log(unmapped(1));
      function own() { var arguments = 5; return (() => arguments)(); }
      log(own());`,
    'has functions in blocks': `
      log(typeof inner);
      { log(typeof inner, inner()); function inner() { pause(); return 1; } }
      log(inner());
      { function inner() { pause(); return 2; } function inner() { pause(); return 3; } }
      log(inner());
      if (true) function alone() { pause(); return 4; }
      label: function labelled() { return 5; }
      log(alone(), labelled());
      switch (1) { case 1: function chosen() { return 6; } }
      log(chosen());
      function twice() { return 1; }
      function twice() { pause(); return 2; }
      log(twice());
      (function () { 'use strict'; { function hidden() { pause(); } hidden(); } log(typeof hidden); })();`,
    'has names that are words elsewhere': `
      var yield = 1, let = 2, static = 3, await = 4, async = 5;
      function keep(yield) { pause(); return yield; }
      log(yield + let + static + await + async, keep(7));
      yield: for (;;) { pause(); break yield; }
      (function () { var yield = 'own'; log(yield); })();`,
    'has with': `
      const object = { a: 1, get $r() { throw 1; }, f() { return this === object; } };
      function f() { pause(); return 'outer'; }
      with (object) { log(f(), a, (() => a)()); a = 2; }
      const seen = [];
      const spy = new Proxy({}, { has: (_, name) => { seen.push(String(name)); return false; } });
      function look() { with (spy) { log(typeof object); } pause(); return f(); }
      log(look(), seen, object.a);`,
    'has eval': `
      function f(a) { eval('var b = a + 1'); pause(); return typeof b; }
      log(f(1), (function () { (eval)('var c = 1'); pause(); return c; })());
      function defaults(a = eval('var d = 1'), b = 2) { pause(); return typeof d; }
      log(defaults());
      var g = function own() { pause(); return eval('typeof own'); };
      log(g());`,
    'assigns to what is not declared, and to its own name': `
      undeclared = pause();
      log('undeclared' in globalThis, delete globalThis.undeclared);
      (function own() { own = 1; log(typeof own); })();
      (function () { log(delete this.nothing, typeof nothing); })();
      log(010, '\\101');`,
    'has comments of HTML': `
      var a = 1; <!-- pause(
      --> pause(
      /* */ --> pause(
      log(a)
      --> pause(`,
  };
  for (const [what, text] of Object.entries(programs)) {
    it(what, async () => {
      const plain = `var { sleep } = require('greenlets'), pause = () => 'p', log = (...all) => console.log(JSON.stringify(all));\n`;
      const program = `${plain.replace("'p'", "(sleep(0), 'p')")}${text}`;
      writeFileSync(join(folder, 'plain.cjs'), plain + text);
      const expected = await node('plain.cjs');
      assert.equal(expected.stderr, '');
      for (const injectSwitches of [false, true]) {
        const { stdout, stderr } = await run({ 'main.cjs': program }, injectSwitches);
        assert.deepEqual({ stdout, stderr }, { stdout: expected.stdout, stderr: '' });
      }
    });
  }
});

interface Outcome {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** Transforms files into the folder and runs `main.cjs`. */
function run(files: Record<string, string>, injectSwitches = false): Promise<Outcome> {
  for (const [name, text] of Object.entries(files)) {
    const filename = join(folder, name);
    writeFileSync(filename, transform(text, { filename, injectSwitches }).code);
  }
  return node('main.cjs');
}

function node(name: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(folder, name)], (_, stdout, stderr) =>
      resolve({ stdout, stderr, code: child.exitCode }),
    );
  });
}
