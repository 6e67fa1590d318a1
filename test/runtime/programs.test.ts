/** Whole programs in plain blocking code, through the loader: what a user writes. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { greenlets } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'greenlets-'));
after(() => rmSync(folder, { recursive: true }));

let programs = 0;

/** Runs a program's text; what it prints, line by line. */
async function output(text: string): Promise<string[]> {
  const path = join(folder, `program${++programs}.ts`);
  writeFileSync(path, text);
  const { stdout, stderr, code } = await greenlets(['run', path]);
  assert.deepEqual([stderr, code], ['', 0]);
  return stdout.trimEnd().split('\n');
}

test('select tells which streams are ready, and waits for the others', async () => {
  const lines = await output(`
    import { PassThrough } from 'node:stream';
    import { sleep, spawn } from 'greenlets';
    import { select } from 'greenlets/select';

    const full = new PassThrough();
    const empty = new PassThrough();
    const stuffed = new PassThrough({ highWaterMark: 1 });
    full.write('data');
    stuffed.write('much too much');
    const names = new Map([[full, 'full'], [empty, 'empty'], [stuffed, 'stuffed']]);
    const show = (lists) => console.log(lists.map((list) => list.map((each) => names.get(each)).join()).join('|'));
    show(select([full, empty], [stuffed, empty], []));
    show(select([empty], [], [], 0));
    show(select([empty], [], [], 0.01));
    spawn(() => { sleep(0.01); empty.end('late'); });
    show(select([empty], [], []));
    spawn(() => { sleep(0.01); stuffed.read(); });
    show(select([], [stuffed], [], 5));
    console.log(empty.listenerCount('readable') + stuffed.listenerCount('drain') > 2);
    try { select([1], [], []); } catch (error) { console.log(String(error)); }
  `);
  assert.deepEqual(lines, [
    'full|empty|',
    '||',
    '||',
    'empty||',
    '|stuffed|',
    'false',
    'TypeError: select waits for streams and sockets only',
  ]);
});

test('a kill runs finally blocks, which may switch, and reaches joiners', async () => {
  const lines = await output(
    `
    import { GreenletExit, getHub, joinAll, sleep, spawn } from 'greenlets';

    function victim() {
      try {
        sleep(100);
        console.log('never');
      } catch (error) {
        console.log('caught', error instanceof GreenletExit);
        throw error;
      } finally {
        sleep(0.01);
        console.log('cleaned up');
      }
      console.log('never');
    }
    const greenlet = spawn(victim);
    sleep(0);
    greenlet.kill();
    console.log(greenlet.dead, greenlet.successful(), greenlet.value instanceof GreenletExit);
    class Stop extends Error { name = 'Stop'; }
    getHub().handleError = () => {};
    const other = spawn(() => sleep(100));
    sleep(0);
    other.kill(Stop, { block: false });
    console.log(other.dead);
    const [ended] = joinAll([other]);
    console.log(ended === other, String(other.exception));
  `,
  );
  assert.deepEqual(lines, ['caught true', 'cleaned up', 'true true true', 'false', 'true Stop']);
});

test('a function that is called from outside any greenlet goes on as one', async () => {
  const lines = await output(`
    import { EventEmitter } from 'node:events';
    import { getCurrent, result, sleep } from 'greenlets';

    function handler(name: string) {
      console.log(name, 'starts');
      sleep(name === 'slow' ? 0.02 : 0.01);
      console.log(name, 'ends in', getCurrent()?.name);
      return name;
    }
    const handlerOutside = (name) => new Promise((resolve) => setImmediate(() => resolve(handler(name))));
    setTimeout(handler, 1, 'slow');
    const emitter = new EventEmitter();
    emitter.on('call', handler);
    setImmediate(emitter.emit.bind(emitter), 'call', 'quick');
    sleep(0.05);
    console.log('main gets', result(handlerOutside('promise')));
  `);
  assert.deepEqual(lines, [
    'quick starts',
    'slow starts',
    'quick ends in handler',
    'slow ends in handler',
    'promise starts',
    'promise ends in greenlet',
    'main gets promise',
  ]);
});

test('a switch below a native function is an error that names the greenlet', async () => {
  const lines = await output(`
    import { sleep } from 'greenlets';
    try {
      JSON.parse('1', () => { sleep(0); return 0; });
    } catch (error) {
      console.log(error.name, error.message.includes('main #1'));
    }
    sleep(0);
    console.log('fine');
  `);
  assert.deepEqual(lines, ['CannotSwitchError true', 'fine']);
});

test('thousands of greenlets at any depth', async () => {
  const lines = await output(`
    import { joinAll, sleep, spawn } from 'greenlets';
    let deepest = 0;
    function descend(depth: number): number {
      if (depth === 0) { sleep(0); deepest++; return 0; }
      return 1 + descend(depth - 1);
    }
    const all = Array.from({ length: 5000 }, (_, i) => spawn(descend, i % 50));
    joinAll(all);
    console.log(deepest, all.reduce((sum, each) => sum + (each.value ?? 0), 0));
    console.log(spawn(descend, 1000).get());
  `);
  assert.deepEqual(lines, ['5000 122500', '1000']);
});

test('classes keep their names in the build', async () => {
  const lines = await output(`
    import { Greenlet, Timeout, spawn } from 'greenlets';
    import { GreenletTree } from 'greenlets/util';
    console.log(Greenlet.name, Timeout.name, GreenletTree.name, String(spawn(function task() {})));
  `);
  assert.deepEqual(lines, ['Greenlet Timeout GreenletTree <Greenlet task #2: ready>']);
});

test('turns of the loop come at once after main has ended, if something else keeps the process alive', async () => {
  const lines = await output(`
    import { getHub } from 'greenlets';
    // What keeps it alive does nothing until then.
    setTimeout(() => { console.log('late'); process.exit(); }, 20_000);
    let turns = 0;
    const turn = () => {
      if (++turns < 50) return getHub().loop.turn(turn, false);
      console.log('at once');
      process.exit();
    };
    getHub().loop.turn(turn, false);
  `);
  assert.deepEqual(lines, ['at once']);
});

test('a pool is killed by a program that imports nothing but pools', async () => {
  const lines = await output(`
    import { Pool } from 'greenlets/pool';
    const pool = new Pool(2);
    pool.spawn(() => pool.join());
    pool.kill();
    console.log(pool.length);
  `);
  assert.deepEqual(lines, ['0']);
});

test('a traced greenlet knows who has called its async function, or filled its pool', async () => {
  const path = join(folder, 'spawners.ts');
  writeFileSync(
    path,
    `
    import { getCurrent } from 'greenlets';
    import { Pool } from 'greenlets/pool';
    const show = () => console.log(getCurrent().spawningStack[0].split(' ')[0]);
    const arrow = async () => show();
    async function named(n) { n > 0 ? named(n - 1) : show(); }
    class Some { async method() { show(); } }
    function callsArrow() { arrow(); }
    function callsNamed() { named(0); }
    function callsMethod() { new Some().method(); }
    function fills() { const pool = new Pool(2); pool.spawn(show); pool.join(); }
    callsArrow(); callsNamed(); named(1); callsMethod(); fills();
  `,
  );
  const { stdout } = await greenlets(['trace', path]);
  const spawners = ['callsArrow', 'callsNamed', 'named', 'callsMethod', 'fills'];
  assert.deepEqual(stdout.split('\n').slice(0, spawners.length), spawners);
});
