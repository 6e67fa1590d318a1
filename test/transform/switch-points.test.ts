/** What an editor marks: the calls that may switch, each with its reason. The reasons stand in comments behind the calls. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import type { RuntimeForms, SwitchPoint } from '../../runtime/src/protocol/switch-points.ts';
import { outline } from '../../runtime/src/transform/switch-points.ts';

const ENTRIES = ['index', 'queue', 'lock', 'timeout', 'event', 'pool'];
const FORMS: RuntimeForms = JSON.parse(
  execFileSync(process.execPath, ['runtime/forms.mjs', 'runtime/dist', ...ENTRIES], {
    encoding: 'utf8',
  }),
);

describe('the calls that may switch', () => {
  it('are those of the runtime that may, by whatever name it is imported', () => {
    check(`
      import * as greenlets from 'greenlets';
      import { sleep as rest, spawn, joinAll, Timeout, withTimeout } from 'greenlets';
      import { Queue } from 'greenlets/queue';
      const { Semaphore } = require('greenlets/lock');
      const jobs = new Queue<number>(), lock = new Semaphore();
      rest(0);                              // rest: sleep
      greenlets.sleep(1);                   // greenlets.sleep: sleep
      jobs.put(1);                          // jobs.put: Queue.put
      jobs.putNowait(2);
      const worker = spawn(rest, 0);
      spawn(rest, 0).join();                // spawn(...).join: Greenlet.join
      worker.get();                         // worker.get: Greenlet.get
      worker.ready();
      joinAll([worker]);                    // joinAll: joinAll
      const limit = Timeout.startNew(3);
      limit.cancel();                       // limit.cancel: ?
      withTimeout(1, rest, { timeoutValue: 0 }); // withTimeout: withTimeout
      lock.acquire();                       // lock.acquire: ?
    `);
  });

  it('are calls of functions of the file that lead to one', () => {
    check(`import { sleep, spawn } from 'greenlets';
      function nap() { sleep(1); }          // sleep: sleep
      function twice() { nap(); nap(); }    // nap: → sleep 2, nap: → sleep 2
      function even(n) { if (n > 0) odd(n - 1); }    // odd: → sleep 5
      function odd(n) { sleep(0); even(n - 1); }     // sleep: sleep, even: → sleep 5
      function ping() { pong(); rest(); }   // pong: → sleep 8, rest: → sleep 8
      function pong() { ping(); }           // ping: → sleep 8
      function rest() { launch(); sleep(0); }     // sleep: sleep
      function launch() { spawn(nap); }
      function add(a, b) { return Math.max(a, b); }
      twice();                              // twice: → sleep 2
      even(3);                              // even: → sleep 5
      launch();
      add(1, 2);
    `);
  });

  it('are awaits, steps of iterators, and calls of which nobody knows what they call', () => {
    check(`
      import { Queue } from 'greenlets/queue';
      async function load(url) { return await fetch(url); }    // fetch: ?, await: await
      function each(list, use) { for (const item of list) use(item); }    // next: ?, use: ?
      function take(jobs: Queue<string>, log) { log.write(jobs.get()); }   // jobs.get: Queue.get, log.write: ?
      each([], load);                       // each: ?
      console.log(Object.keys({}));
      const text = String(1);
    `);
  });

  it('keep their places where constructs are lowered', () => {
    const { points } = outlined(`
      import { sleep } from 'greenlets';
      const log = (target: unknown, context: unknown) => {};
      class A { @log nap() { sleep(0); } }
      sleep(1);
    `);
    const places = points.filter(({ why }) => why === 'runtime').map(({ line }) => line);
    assert.deepEqual(places, [4, 5]);
  });

  it('come with the functions of the file', () => {
    const { functions } = outlined(`
      function outer() {
        const inner = () =>
          1;
        return inner;
      }
      class A { method() { } }
    `);
    const lines = functions.map(({ line, endLine }) => `${line}-${endLine}`);
    assert.deepEqual(lines, ['2-6', '3-4', '7-7', '7-7']);
  });

  it('cannot be told in a file that does not parse', () => {
    assert.throws(() => outlined('function ('), /program\.ts/);
  });
});

/** Checks that each line has the points, and no others, that its comment names: `callee: cause, …`; causes have their own line's number. */
function check(source: string): void {
  const lines = source.split('\n');
  const got: Record<number, string> = {};
  for (const point of outlined(source).points) {
    const text = `${point.callee}: ${causeText(point)}`;
    got[point.line] = got[point.line] === undefined ? text : `${got[point.line]}, ${text}`;
  }
  const wanted: Record<number, string> = {};
  for (const [index, line] of lines.entries()) {
    const comment = / \/\/ (.*)/.exec(line)?.[1];
    if (comment !== undefined) wanted[index + 1] = comment;
  }
  assert.deepEqual(got, wanted);
}

function outlined(source: string) {
  return outline(source, { filename: '/program.ts' }, FORMS);
}

function causeText({ why, what, leadsTo }: SwitchPoint): string {
  if (why === 'calls') return `→ ${what} ${leadsTo}`;
  if (why === 'unknown') return '?';
  return what ?? why;
}
