/**
 * Well-known packages, transformed whole and run in a greenlet on real input, answer what they answer untransformed: plainly, and with a
 * switch at every call. `PACKAGES=all` takes all of them, otherwise some quick ones.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { REGISTER, repositoryPath } from '../support/fixture.ts';

const QUICK = ['diff', 'fraction.js', 'js-yaml', 'marked', 'mustache'];
const PROGRAMS = readdirSync(repositoryPath('test/packages/programs'))
  .map((file) => file.replace(/\.mjs$/, ''))
  .filter((name) => process.env.PACKAGES === 'all' || QUICK.includes(name));
/** The packages that have published their tests, for Mocha. */
const TESTED = ['complex.js', 'fraction.js'];
const LIMIT = 280_000;

const out = mkdtempSync(join(tmpdir(), 'greenlets-packages-'));
after(() => rmSync(out, { recursive: true }));

interface Told {
  switches: number;
}

/** Runs Node in the repository. */
function node(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const options = {
    cwd: repositoryPath('.'),
    env: {
      ...process.env,
      GREENLETS_CACHE: '0',
      GREENLETS_TRANSFORM: [...PROGRAMS, ...TESTED].join(),
      ...env,
    },
    maxBuffer: 2 ** 26,
    timeout: LIMIT,
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(stderr + stdout));
    });
  });
}

/** Runs the programs; returns what they answered, and how often they switched. */
async function run(mode: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const folder = join(out, mode);
  mkdirSync(folder);
  const script = repositoryPath('test/packages/run.mjs');
  const told: Record<string, Told> = JSON.parse(
    await node([...args, script, folder, ...PROGRAMS], env),
  );
  const answer = (name: string) => readFileSync(join(folder, `${name}.json`), 'utf8');
  return { told, answer };
}

describe('real packages', () => {
  const native = run('native', []);
  const modes = [
    { mode: 'transformed', env: {}, least: 0 },
    { mode: 'switching', env: { GREENLETS_INJECT_SWITCHES: '1' }, least: 50 },
  ];
  for (const { mode, env, least } of modes)
    describe(mode, () => {
      let running: ReturnType<typeof run> | undefined;
      for (const name of PROGRAMS)
        test(name, async () => {
          const expected = (await native).answer(name);
          running ??= run(mode, ['--import', REGISTER], env);
          const { told, answer } = await running;
          const actual = answer(name);
          assert.ok(actual.length > 100);
          assert.ok(actual === expected, difference(actual, expected));
          const { switches } = told[name] as Told;
          assert.ok(switches >= least, `${switches} switches`);
        });
    });
});

describe('the tests that a package has published', () => {
  for (const name of TESTED)
    test(name, async () => {
      const tests = `node_modules/${name}/tests/${name.replace('.js', '')}.test.js`;
      const mocha = 'node_modules/mocha/bin/mocha.js';
      const said = await node(['--import', REGISTER, mocha, '--reporter', 'dot', tests], {});
      const [, passed] = /(\d+) passing/.exec(said) ?? [];
      assert.ok(Number(passed) > 200, said);
    });
});

/** The first line that differs, for a person. */
function difference(actual: string, expected: string): string {
  const [some, others] = [actual.split('\n'), expected.split('\n')];
  const at = some.findIndex((line, index) => line !== others[index]);
  const from = Math.max(0, at - 3);
  return `line ${at}:\n${some.slice(from, at + 2).join('\n')}\ninstead of\n${others.slice(from, at + 2).join('\n')}`;
}
