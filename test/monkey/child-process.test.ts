/** `execSync`, `execFileSync` and `spawnSync`: patched and called by a greenlet they do what they always did. */

import assert from 'node:assert/strict';
import { execFileSync, execSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { patchChildProcess, unpatchAll } from '../../runtime/src/monkey/patch.ts';
import { differ, LEFT_OUT, Made } from './differential.ts';
import { output } from './program.ts';

before(patchChildProcess);
after(unpatchAll);

const BOTH = 'echo out; echo err >&2';

/** Options that all three functions take; `stdio` is given, since what a child prints would mix with the test's own output. */
const OPTIONS = [
  { stdio: 'pipe' },
  { stdio: 'pipe', encoding: 'utf8' },
  { stdio: 'pipe', encoding: 'buffer' },
  { stdio: 'pipe', encoding: 'bogus' },
  { stdio: 'pipe', input: 'text\n', encoding: 'latin1' },
  { stdio: 'pipe', input: new Uint8Array([65, 10]) },
  { stdio: 'pipe', input: '' },
  { stdio: 'pipe', input: 7 },
  { stdio: 'ignore' },
  { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' },
  { stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'ignore'] },
  new Made((place) => ({ stdio: ['pipe', place.open('out', 'w'), 'pipe'] })),
  { stdio: ['pipe', 'pipe', 'ipc'] },
  { stdio: 'bogus' },
  new Made(({ folder: cwd }) => ({ stdio: 'pipe', cwd, encoding: 'utf8' })),
  { stdio: 'pipe', cwd: '/no/where' },
  { stdio: 'pipe', env: { ONE: '1', PATH: process.env.PATH }, encoding: 'utf8' },
  { stdio: 'pipe', shell: '/bin/sh', encoding: 'utf8' },
  { stdio: 'pipe', shell: true },
  { stdio: 'pipe', shell: 7 },
  { stdio: 'pipe', argv0: 'other', encoding: 'utf8' },
  { stdio: 'pipe', timeout: 10_000, killSignal: 'SIGKILL', maxBuffer: 1000, windowsHide: true },
  { stdio: 'pipe', timeout: -1 },
  { stdio: 'pipe', timeout: 'soon' },
  { stdio: 'pipe', killSignal: 'SIGNOTHING' },
  { stdio: 'pipe', maxBuffer: -1 },
  { stdio: 'pipe', maxBuffer: undefined, encoding: null },
  { stdio: 'pipe', uid: 'me' },
  { stdio: 'pipe', signal: AbortSignal.abort() },
];
const WRONG = [null, 7, 'text', () => undefined];

/** Process ids differ. */
const view = (result: SpawnSyncReturns<unknown>) => {
  if (Object(result).pid === undefined) return result;
  const { error, pid, ...rest } = result;
  return {
    keys: Object.keys(result),
    pid: pid > 0,
    rest,
    error: error && { ...error },
    text: String(error),
  };
};

const fns = { execFileSync, execSync, spawnSync };

async function compare(name: keyof typeof fns, args: readonly (readonly unknown[])[]) {
  const { parked } = await differ(name, { fn: fns[name], args, view: view as never });
  assert(parked > 0, 'no call let others run');
}

test('spawnSync: options', () =>
  compare('spawnSync', [['sh'], [['-c', `${BOTH}; cat`]], [...OPTIONS, ...WRONG]]));

test('spawnSync: what a child does', () =>
  compare('spawnSync', [
    ['sh'],
    ['exit 3', 'kill -9 $$', 'echo $ONE', 'echo many words', 'exec >&- 2>&-; cat'].map((text) => [
      '-c',
      text,
    ]),
    [{ encoding: 'utf8', env: { ONE: '1' } }],
  ]));

test('spawnSync: files and arguments', () =>
  compare('spawnSync', [
    ['true', '/no/where/x', 'with\0null', '', 7, undefined],
    [LEFT_OUT, [], ['a'], ['a\0b'], 'text', { encoding: 'utf8' }, null],
  ]));

test('execFileSync: options', () =>
  compare('execFileSync', [['sh'], [['-c', `${BOTH}; cat`]], [...OPTIONS, ...WRONG]]));

test('execFileSync: files and arguments', () =>
  compare('execFileSync', [
    ['true', 'false', '/no/where/x', '', 7],
    [LEFT_OUT, ['a'], 'text', { stdio: 'pipe' }, null],
  ]));

test('execSync: options', () =>
  compare('execSync', [
    [`${BOTH}; cat`, `${BOTH}; exit 3`],
    [...OPTIONS, ...WRONG],
  ]));

test('execSync: commands', () =>
  compare('execSync', [['no-such-command', 'true', '', 7, undefined], [{ stdio: 'pipe' }]]));

test('a child that takes too long or writes too much is killed', async () => {
  const view = ({ error, status, signal, output: written }: SpawnSyncReturns<unknown>) => [
    { error: { ...error }, text: String(error), status, signal, written },
  ];
  const trial = { fn: spawnSync, view: view as never };
  const wait = ['-c', 'echo words; exec sleep 100'];
  const killSignal = 'SIGKILL';
  await differ('spawnSync', {
    ...trial,
    args: [
      ['sh'],
      [wait],
      [
        { timeout: 200 },
        { timeout: 200, killSignal },
        { maxBuffer: 3 },
        { maxBuffer: 3, killSignal },
      ],
    ],
  });
});

test('a child that does not read its input', async () => {
  const failure = ({ error, status }: SpawnSyncReturns<unknown>) => [
    { ...error },
    String(error),
    status,
  ];
  await differ('spawnSync', {
    fn: spawnSync,
    view: failure as never,
    args: [['true'], [{ input: 'x'.repeat(2_000_000) }]],
  });
});

test('much data in both directions', async () => {
  const size = 1_000_000;
  await differ('execFileSync', {
    fn: execFileSync,
    view: ((text: string) => [text.length, text.slice(-5)]) as never,
    args: [
      ['cat'],
      [[]],
      [{ input: 'wörter '.repeat(size / 7), encoding: 'utf8', maxBuffer: 2 * size }],
    ],
  });
});

test('others run meanwhile; a kill ends the child, and main’s end does not wait for it', async () => {
  const lines = await output(`
    import { execSync } from 'node:child_process';
    import { joinAll, sleep, spawn, Timeout } from 'greenlets';
    import { patchAll } from 'greenlets/monkey';

    patchAll();
    const shell = (text: string) => console.log(execSync(text, { encoding: 'utf8' }).trim());
    const reader = spawn(shell, 'exec sleep 100');
    const both = ['touch a; while [ ! -e b ]; do sleep 0.01; done; echo first', 'touch b; while [ ! -e a ]; do sleep 0.01; done; echo second'];
    joinAll(both.map((text) => spawn(shell, text)), { raiseError: true });
    const slow = spawn(shell, 'echo $$ > pid; exec sleep 100');
    sleep(0.2);
    slow.kill();
    shell('while kill -0 $(cat pid) 2>/dev/null; do sleep 0.01; done; echo gone');
    console.log(slow.stack().length, reader.ready(), String(slow.value));
    spawn(shell, 'sleep 100');
    sleep(0);
  `);
  assert.deepEqual(lines.slice(0, 2).sort(), ['first', 'second']);
  assert.deepEqual(lines.slice(2), ['gone', '0 false GreenletExit']);
});
