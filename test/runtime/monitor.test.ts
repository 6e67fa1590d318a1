/** The monitor of blocked hubs, in whole programs: code that blocks does so until it has been reported. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FixtureOptions, type Outcome, runProgram } from '../support/fixture.ts';

/** Runs a program that prints its reports as JSON. */
async function monitored(text: string, options?: FixtureOptions): Promise<Outcome> {
  const head = `import { getCurrent, getHub, joinAll, sleep, spawn } from 'greenlets';
    import { startMonitor } from 'greenlets/util';
    let reported = 0;
    const monitor = startMonitor({ maxBlockingTime: 0.03 });
    const print = monitor.handleBlocked;
    monitor.handleBlocked = (blocked) => { reported++; print(blocked); };
    function spin(enough: () => boolean) { while (!enough()); }`;
  return runProgram(`${head}\n${text}`, options);
}

/** What a report names: the greenlet, and the function and mark of each place. */
function reportsOf({ stderr, path, marks }: Outcome): string[][] {
  return stderr.split(/^(?=\S)/m).map((report) => {
    const [head = '', ...lines] = report.trimEnd().split('\n');
    assert.match(head, / appears to be blocked: it has not given way for [\d.]+ seconds$/);
    const places = lines.map((line) => {
      const [, name, file, number] = /^ {4}at (.*) \((.*):(\d+):\d+\)$/.exec(line) ?? [];
      assert.equal(file, path);
      const mark = [...marks].find(([, at]) => at === Number(number))?.[0];
      return `${name} @${mark}`;
    });
    return [head.slice(0, head.indexOf(' appears')), ...places];
  });
}

test('a greenlet that blocks is reported while it does, with its native and its parked frames', async () => {
  const outcome = await monitored(`
    function hog() {
      inner(); // @hog
    }
    function inner() {
      sleep(0.001);
      spin(() => reported > 0); // @inner
      console.log('went on after', reported);
    }
    joinAll([spawn(hog)]);
    sleep(0.001);
    console.log('end');
  `);
  assert.equal(outcome.code, 0);
  assert.match(outcome.stdout, /^went on after \d+\nend\n$/);
  const [report = []] = reportsOf(outcome);
  assert.equal(report[0], 'hog #2');
  assert.deepEqual(report.slice(-2), ['inner @inner', 'hog @hog']);
});

test('main is reported, too', async () => {
  const outcome = await monitored(`
    spin(() => reported > 0); // @main
    monitor.stop();
    console.log('end');
  `);
  assert.equal(outcome.stdout, 'end\n');
  const [report = []] = reportsOf(outcome);
  assert.equal(report[0], 'main #1');
  assert.match(report.at(-1) ?? '', / @main$/);
});

test('it is reported again each time as long has passed', async () => {
  const outcome = await monitored(`
    spawn(function first() {
      spin(() => reported >= 3); // @spin
    }).join();
  `);
  const reports = reportsOf(outcome).slice(0, 3);
  assert.equal(reports.length, 3);
  for (const [name, ...places] of reports) {
    assert.equal(name, 'first #2');
    assert.equal(places.at(-1), 'first @spin');
  }
});

test('who waits, and a hub that is idle, are not reported', async () => {
  const outcome = await runProgram(`
    import { joinAll, sleep, spawn } from 'greenlets';
    import { startMonitor } from 'greenlets/util';
    startMonitor({ maxBlockingTime: 0.15 });
    const waiters = [1, 2].map(() => spawn(sleep, 0.5));
    joinAll(waiters);
    console.log('end');
  `);
  assert.deepEqual([outcome.stdout, outcome.stderr, outcome.code], ['end\n', '', 0]);
});

test('under a debugger it is reported when it gives way, with the place where it does', async () => {
  const outcome = await monitored(
    `
    getHub();
    spawn(function hog() {
      while (reported === 0) {
        const end = Date.now() + 80;
        spin(() => Date.now() > end);
        sleep(0); // @yield
      }
    }).join();
  `,
    { nodeArgs: ['--inspect=127.0.0.1:0'] },
  );
  const stderr = outcome.stderr.replace(/^(Debugger listening|For help).*\n/gm, '');
  assert.deepEqual(reportsOf({ ...outcome, stderr }), [['hog #2', 'hog @yield']]);
});

test('a handler that switches or fails is reported itself, and the program goes on', async () => {
  const { stdout, stderr, code } = await monitored(`
    getHub().handleError = (context, error) => console.log(context === monitor.handleBlocked, error.name);
    monitor.handleBlocked = function handler() {
      reported++;
      if (reported === 1) sleep(0);
      monitor.stop();
      throw new TypeError();
    };
    spawn(function hog() {
      spin(() => reported >= 2);
      console.log('went on');
    }).join();
    monitor.stop();
    startMonitor().stop();
  `);
  assert.deepEqual([stderr, code], ['', 0]);
  assert.deepEqual(stdout.split('\n'), ['true CannotSwitchError', 'true TypeError', 'went on', '']);
});

test('there is one monitor a thread, and its time is more than zero', async () => {
  const { stdout, code } = await runProgram(`
    import { startMonitor } from 'greenlets/util';
    const attempt = (options) => {
      try { return startMonitor(options); } catch (error) { console.log(String(error)); }
    };
    for (const maxBlockingTime of [0, -1, NaN, Infinity]) attempt({ maxBlockingTime });
    const monitor = attempt({});
    attempt({});
    monitor.stop();
    monitor.stop();
    attempt({});
  `);
  assert.equal(code, 0);
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'RangeError: maxBlockingTime is more than 0 s, not 0',
    'RangeError: maxBlockingTime is more than 0 s, not -1',
    'RangeError: maxBlockingTime is more than 0 s, not NaN',
    'RangeError: maxBlockingTime is more than 0 s, not Infinity',
    'Error: This thread has a monitor already: stop() it first',
  ]);
});
