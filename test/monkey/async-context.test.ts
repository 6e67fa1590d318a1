/** AsyncLocalStorage: each greenlet carries its own stores, whatever resumes it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { output } from './program.ts';

const HEAD = `
  import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
  import { getCurrent, joinAll, result, sleep, spawn, spawnLater } from 'greenlets';

  const storage = new AsyncLocalStorage<unknown>();
  const other = new AsyncLocalStorage<unknown>();
  const show = (label: string) => console.log(label, storage.getStore(), other.getStore());
  const run = (store: string, fn: () => unknown) => storage.run(store, fn);
`;

const lines = (text: string) => output(HEAD + text);

test('greenlets that take turns keep their own stores', async () => {
  const seen = await lines(`
    function worker(name: string) {
      run(name, () => {
        sleep(0);
        show('within');
        other.run(1, () => { sleep(0); show('both'); });
        sleep(0);
        show('again');
      });
      show('after');
    }
    joinAll(['x', 'y'].map((name) => spawn(worker, name)));
    show('main');
  `);
  assert.deepEqual(seen, [
    'within x undefined',
    'within y undefined',
    'both x 1',
    'both y 1',
    'again x undefined',
    'after undefined undefined',
    'again y undefined',
    'after undefined undefined',
    'main undefined undefined',
  ]);
});

test('a greenlet inherits the stores of where it was made, and they are its own then', async () => {
  const seen = await lines(`
    run('spawner', () => {
      spawn(() => { sleep(0); show('child'); storage.enterWith('own'); sleep(0); show('child'); });
      spawnLater(0.001, () => { sleep(0); show('later'); });
      spawn(() => {}).link(() => { sleep(0); show('link'); });
    });
    spawn(() => show('none'));
    sleep(0.02);
    show('main');
  `);
  assert.deepEqual(seen, [
    'none undefined undefined',
    'child spawner undefined',
    'child own undefined',
    'link spawner undefined',
    'later spawner undefined',
    'main undefined undefined',
  ]);
});

test('the top level has stores, too', async () => {
  const seen = await lines(`
    storage.enterWith('entered');
    spawn(() => storage.enterWith('foreign'));
    sleep(0);
    show('parked');
    run('inner', () => { sleep(0); show('inner'); });
    show('outer');
    try { run('thrown', () => { sleep(0); throw new Error(); }); } catch { show('caught'); }
    storage.exit(() => { sleep(0); show('exit'); });
    show('end');
  `);
  assert.deepEqual(seen, [
    'parked entered undefined',
    'inner inner undefined',
    'outer entered undefined',
    'caught entered undefined',
    'exit undefined undefined',
    'end entered undefined',
  ]);
});

test('a killed greenlet runs its finally with its own stores', async () => {
  const seen = await lines(`
    const victim = spawn(() => run('victim', () => {
      try { sleep(1); } finally { sleep(0); show('finally'); }
    }));
    run('killer', () => { sleep(0); victim.kill(); show('killer'); });
  `);
  assert.deepEqual(seen, ['finally victim undefined', 'killer killer undefined']);
});

test('async functions, promises and timers carry the stores on', async () => {
  const seen = await lines(`
    async function native() { await null; sleep(0); show('async'); await null; show('await'); }
    run('async', () => result(native()));
    const then = run('then', () => Promise.resolve().then(() => { sleep(0.001); show('then'); }));
    result(then);
    const fired = run('timer', () => new Promise((done) => {
      setTimeout(() => { sleep(0.001); show('timer'); done(); }, 1);
    }));
    result(fired);
    show('main');
  `);
  assert.deepEqual(seen, [
    'async async undefined',
    'await async undefined',
    'then then undefined',
    'timer timer undefined',
    'main undefined undefined',
  ]);
});

test('snapshots, bound functions and resources call what switches', async () => {
  const seen = await lines(`
    const snapshot = run('snapshot', () => AsyncLocalStorage.snapshot());
    snapshot((label: string) => { sleep(0); show(label); }, 'called');
    const bound = run('bound', () => AsyncLocalStorage.bind((label: string) => { sleep(0); show(label); }));
    bound('called');
    const resource = run('resource', () => new AsyncResource('test'));
    resource.runInAsyncScope(function (this: string, label: string) { sleep(0); show(label + this); }, 'self', 'called ');
    console.log(run('plain', () => 'returned'), storage.run.name, storage.run.length);
  `);
  assert.deepEqual(seen, [
    'called snapshot undefined',
    'called bound undefined',
    'called self resource undefined',
    'returned run 2',
  ]);
});
