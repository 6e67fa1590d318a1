/** The hub's order, on virtual time. The rules are gevent's; the numbers in brackets are those of its rule list. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CannotSwitchError, GreenletExit } from '../../runtime/src/core/errors.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill, killAll } from '../../runtime/src/core/kill.ts';
import { result } from '../../runtime/src/core/result.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Timeout } from '../../runtime/src/core/timeout.ts';
import '../../runtime/src/node/install.ts';
import { call, callOn, dual, onVirtualTime } from '../support/virtual.ts';

/** Runs a program on virtual time and returns what it has noted. */
function notesOf(
  program: (note: (text: string) => void) => Generator<undefined, unknown, unknown>,
): string[] {
  const notes: string[] = [];
  const greenlet = onVirtualTime(() => program((text) => notes.push(text)));
  assert.equal(greenlet.exception, undefined);
  assert.equal(greenlet.ready(), true, 'the program has not ended');
  return notes;
}

test('greenlets start in the order of their spawn, and only when the spawner gives way [1, 2]', () => {
  const notes = notesOf(function* (note) {
    const worker = dual(function* worker(name: string) {
      note(`${name} starts`);
      yield* call(sleep, 0);
      note(`${name} ends`);
    });
    const all = ['a', 'b', 'c'].map((name) => Greenlet.spawn(worker, name));
    note('spawned');
    yield* call(joinAll, all);
    note('joined');
  });
  assert.deepEqual(notes, [
    'spawned',
    ...['a starts', 'b starts', 'c starts'],
    ...['a ends', 'b ends', 'c ends'],
    'joined',
  ]);
});

test('timers ring by deadline, equal deadlines in the order of their start [6]', () => {
  const notes = notesOf(function* (note) {
    const sleeper = dual(function* sleeper(name: string, seconds: number) {
      yield* call(sleep, seconds);
      note(`${name} at ${hub.now()}`);
    });
    const delays: [string, number][] = [
      ['c', 3],
      ['a', 1],
      ['b1', 2],
      ['b2', 2],
    ];
    yield* call(
      joinAll,
      delays.map((each) => Greenlet.spawn(sleeper, ...each)),
    );
  });
  assert.deepEqual(notes, ['a at 1', 'b1 at 2', 'b2 at 2', 'c at 3']);
});

test('sleep(0) and less goes to the end of the queue, before any timer [7]', () => {
  const notes = notesOf(function* (note) {
    const sleeper = dual(function* sleeper(seconds: number) {
      yield* call(sleep, seconds);
      note(String(seconds));
    });
    const all = [1e-9, 0, -5].map((seconds) => Greenlet.spawn(sleeper, seconds));
    yield* call(joinAll, all);
  });
  assert.deepEqual(notes, ['0', '-5', '1e-9']);
});

test('joinAll returns the ended ones first, then those that end, in the order of their end [26]', () => {
  const notes = notesOf(function* (note) {
    const sleeper = dual(function* sleeper(seconds: number) {
      yield* call(sleep, seconds);
      return seconds;
    });
    const [slow, fast, done] = [2, 1, 0].map((each) => Greenlet.spawn(sleeper, each));
    yield* call(sleep, 0.5);
    const joined = (yield* call(joinAll, [slow, fast, done])) as Greenlet[];
    note(joined.map((each) => each.value).join());
    const counted = (yield* call(joinAll, [slow, fast], { count: 1 })) as Greenlet[];
    note(String(counted.length));
    const late = Greenlet.spawn(sleeper, 9);
    note(String(((yield* call(joinAll, [late], { timeout: 1 })) as Greenlet[]).length));
    note(`${hub.now()}`);
    yield* callOn(late, late.kill);
  });
  assert.deepEqual(notes, ['0,1,2', '1', '0', '3']);
});

test('joinAll with raiseError throws the first failure and leaves the others running [26]', () => {
  const error = new Error('boom');
  const notes = notesOf(function* (note) {
    const failing = Greenlet.spawn(
      dual(function* failing() {
        yield* call(sleep, 1);
        throw error;
      }),
    );
    const slow = Greenlet.spawn(dual(() => call(sleep, 5)));
    try {
      yield* call(joinAll, [slow, failing], { raiseError: true });
    } catch (caught) {
      note(`${caught === error} at ${hub.now()}, slow is ${slow.state}`);
    }
  });
  assert.deepEqual(notes, ['true at 1, slow is waiting']);
});

test('get returns the value, throws the same error each time, and a Timeout when it is too early [15]', () => {
  const error = new Error('boom');
  const notes = notesOf(function* (note) {
    function* get(greenlet: Greenlet, options?: unknown): Generator<undefined, unknown, unknown> {
      try {
        return yield* callOn(greenlet, greenlet.get, options);
      } catch (caught) {
        return caught;
      }
    }
    const good = Greenlet.spawn(dual(() => call(sleep, 1)));
    const bad = Greenlet.spawn(
      dual(function* bad() {
        yield* call(sleep, 0);
        throw error;
      }),
    );
    note(String(((yield* get(good, { block: false })) as Error).name));
    note(String(yield* get(good, { timeout: 0.5 })));
    note(String((yield* get(bad)) === error && (yield* get(bad)) === error));
    note(String(yield* get(good)));
  });
  assert.deepEqual(notes, ['Timeout', 'Timeout: 0.5 seconds', 'true', 'undefined']);
});

test('kill runs finally blocks, then the killer goes on, then the links are told [21]', () => {
  const notes = notesOf(function* (note) {
    const victim = Greenlet.spawn(
      dual(function* victim() {
        try {
          yield* call(sleep, 100);
        } finally {
          note('finally');
        }
      }),
    );
    victim.rawlink(() => note('link'));
    yield* call(sleep, 0);
    yield* call(killAll, [victim]);
    note(`killed at ${hub.now()}: ${victim.state} ${victim.successful()}`);
    note(String(victim.value instanceof GreenletExit));
    yield* call(sleep, 0);
  });
  assert.deepEqual(notes, ['finally', 'killed at 0: killed true', 'true', 'link']);
});

test('a greenlet that is killed before it has run never runs [20]', () => {
  const notes = notesOf(function* (note) {
    const victim = Greenlet.spawn(
      dual(function* victim() {
        note('never');
        yield* call(sleep, 0);
      }),
    );
    kill(victim);
    note(victim.state);
    yield* call(sleep, 0);
  });
  assert.deepEqual(notes, ['killed']);
});

test('links are called one by one in their order; a failing one does not stop the others [14]', () => {
  const notes = notesOf(function* (note) {
    const greenlet = Greenlet.spawn(dual(() => call(sleep, 0)));
    const unlinked = () => note('never');
    greenlet.rawlink(() => note('raw'));
    greenlet.link(unlinked);
    greenlet.link(
      dual(function* cooperative() {
        note('link starts');
        yield* call(sleep, 0);
        note('link ends');
      }),
    );
    greenlet.rawlink(() => {
      throw new Error('boom');
    });
    greenlet.linkException(() => note('never'));
    greenlet.linkValue(() => note('value'));
    greenlet.unlink(unlinked);
    yield* call(joinAll, [greenlet]);
    note('joined');
    yield* call(sleep, 0);
    greenlet.rawlink(() => note('late'));
    yield* call(sleep, 0);
  });
  assert.deepEqual(notes, ['raw', 'link starts', 'value', 'joined', 'link ends', 'late']);
});

test('a failing greenlet is reported once, with itself as the context [16]', () => {
  const error = new Error('boom');
  const reported: unknown[] = [];
  onVirtualTime(function* () {
    hub.handleError = (...args) => reported.push(...args);
    const failing = Greenlet.spawn(
      dual(function* failing() {
        yield* call(sleep, 1);
        throw error;
      }),
    );
    yield* call(joinAll, [failing]);
    assert.deepEqual(reported, [failing, error]);
    assert.deepEqual([failing.state, failing.successful()], ['failed', false]);
  });
  assert.equal(reported.length, 2);
});

test('an error of a class made from GreenletExit ends a greenlet quietly too [17]', () => {
  class Quit extends GreenletExit {
    override name = 'Quit';
  }
  const notes = notesOf(function* (note) {
    hub.handleError = () => note('reported');
    const quitting = Greenlet.spawn(
      dual(function* quitting() {
        yield* call(sleep, 0);
        throw new Quit();
      }),
    );
    yield* call(joinAll, [quitting]);
    note(`${quitting.state} ${quitting.successful()} ${quitting.value instanceof Quit}`);
  });
  assert.deepEqual(notes, ['killed true true']);
});

test('a switch below a native frame throws, names the greenlet, and changes nothing', () => {
  const notes = notesOf(function* (note) {
    const compare = dual(function* compare() {
      yield* call(sleep, 0);
      return 0;
    });
    try {
      [2, 1].sort(compare as () => number);
    } catch (error) {
      note(`${(error as Error).name}: ${(error as CannotSwitchError).greenlet?.name}`);
    }
    yield* call(sleep, 1);
    note(`at ${hub.now()}`);
  });
  assert.match(notes[0] as string, /^CannotSwitchError: /);
  assert.equal(notes[1], 'at 1');
});

test('a primitive that is called from the hub throws', () => {
  const notes = notesOf(function* (note) {
    const greenlet = Greenlet.spawn(dual(() => call(sleep, 0)));
    greenlet.rawlink(() => note(String(hub.current)));
    yield* call(joinAll, [greenlet]);
  });
  assert.deepEqual(notes, ['null']);
  assert.throws(() => hub.parking('sleep'), CannotSwitchError);
});

test('result waits for a promise and throws its rejection', async () => {
  const error = new Error('no');
  const outcome = dual(function* outcome() {
    const value = yield* call(result, Promise.resolve(1));
    try {
      yield* call(result, Promise.reject(error));
    } catch (caught) {
      return [value, caught === error, yield* call(result, 'plain')];
    }
  });
  assert.deepEqual(await outcome(), [1, true, 'plain']);
});

test('startLater starts in time, and a second start does nothing [13]', () => {
  const notes = notesOf(function* (note) {
    const greenlet = new Greenlet(dual(() => call(() => note(`runs at ${hub.now()}`))));
    greenlet.startLater(2);
    note(`${greenlet.state} ${greenlet.started}`);
    yield* call(joinAll, [greenlet]);
    greenlet.start();
    note(greenlet.state);
  });
  assert.deepEqual(notes, ['created true', 'runs at 2', 'finished']);
});

test('a Timeout says its seconds', () => {
  assert.equal(String(new Timeout(1)), 'Timeout: 1 second');
  assert.equal(String(new Timeout(2.5)), 'Timeout: 2.5 seconds');
});
