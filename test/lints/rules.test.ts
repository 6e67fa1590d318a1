/** The lints' rules on virtual time: what each of them finds, and what looks alike and is no mistake. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GreenletExit } from '../../runtime/src/core/errors.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Timeout } from '../../runtime/src/core/timeout.ts';
import { Blocked } from '../../runtime/src/instrument/lints/blocked.ts';
import { LintBook } from '../../runtime/src/instrument/lints/book.ts';
import type { Lints } from '../../runtime/src/instrument/lints/lints.ts';
import type { ProcessorTime } from '../../runtime/src/instrument/lints/processor-time.ts';
import { Recorder } from '../../runtime/src/instrument/recorder.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { Semaphore } from '../../runtime/src/sync/semaphore.ts';
import { call, callOn } from '../support/virtual.ts';
import { at, BEAT, compute, lint, on, type Steps, start } from './under-lints.ts';

describe('a deadlock', () => {
  it('is told at the place of each of its greenlets, once it has lasted', () => {
    const [left, right] = [new Semaphore(), new Semaphore()];
    const found = lint(function* () {
      const take = (first: Semaphore, second: Semaphore, line: number) =>
        function* () {
          yield* on(line, first, 'acquire');
          yield* at(line, sleep, 0.01);
          yield* on(line, second, 'acquire');
        };
      start('a', take(left, right, 1));
      start('b', take(right, left, 2));
      yield* call(sleep, 3);
    });
    assert.deepEqual(found, [
      'deadlock a (Semaphore.acquire) :1 [a → b]',
      'deadlock b (Semaphore.acquire) :2 [b → a]',
    ]);
  });

  it('is not one that somebody else ends soon', () => {
    const turn = new Semaphore();
    const found = lint(function* () {
      const waits = start('waits', function* () {
        yield* on(1, turn, 'acquire');
        yield* on(2, turn, 'acquire');
      });
      yield* call(sleep, 3);
      turn.release();
      yield* callOn(waits, waits.join);
    });
    assert.deepEqual(found, []);
  });

  it('is told when the program ends, even if it has only just begun', () => {
    const lock = new Semaphore();
    const found = lint(function* (lints) {
      start('dies', function* () {
        yield* on(1, lock, 'acquire');
      });
      start('waits', function* () {
        yield* on(2, lock, 'acquire');
      });
      yield* call(sleep, 0);
      yield* call(sleep, 0);
      const { state } = hub.main;
      hub.main.state = 'finished';
      lints.end(true);
      hub.main.state = state;
    });
    assert.deepEqual(found, ['deadlock waits (Semaphore.acquire) :2']);
  });
});

describe('a turn that is too long', () => {
  it('is told while it lasts, once, with its length', () => {
    const lengths: number[] = [];
    const found = lint(function* (lints) {
      const computes = start('computes', function* () {
        compute(0.06);
        lints.beat();
        compute(0.06);
        lints.beat();
        compute(0.5);
        lints.beat();
        yield* at(1, sleep, 0);
      });
      yield* callOn(computes, computes.join);
      lengths.push(...lints.read().lints.map((each) => Number(each.seconds?.toFixed(2))));
    });
    assert.deepEqual(found, ['blocked computes', 'blocked computes']);
    assert.deepEqual(lengths, [0.62]);
  });

  it('is told afterwards, where it was seen before it had become too long', () => {
    const found = lint(function* (lints) {
      const computes = start('computes', function* () {
        lints.beat();
        compute(0.3);
        yield* at(1, sleep, 0.2);
      });
      yield* callOn(computes, computes.join);
    });
    assert.deepEqual(found, ['blocked computes']);
  });

  /** What is found of a turn of 0.7 s, whose thread's time at each look is given. */
  function foundWith(times: ProcessorTime[]): string[] {
    const found: string[] = [];
    const book = new LintBook((each) => found.push(`${each.code} ${each.seconds?.toFixed(2)}`));
    const time = () => times.shift() as ProcessorTime;
    const blocked = new Blocked(book, new Recorder(), 0.1, time);
    lint(function* () {
      const computes = start('computes', function* () {
        blocked.look();
        compute(0.1);
        blocked.look();
        compute(0.6);
        blocked.look();
        yield* at(1, sleep, 0);
      });
      yield* callOn(computes, computes.join);
    });
    return found;
  }

  it('does not count the time in which other processes had the processors', () => {
    const start = { ran: 0, waited: 0 };
    const busy = [start, start, { ran: 0.1, waited: 0 }, { ran: 0.25, waited: 0.45 }];
    assert.deepEqual(foundWith(busy), ['blocked 0.25']);
  });

  it('counts waits for the system, but not where others have had the processors for long', () => {
    const start = { ran: 0, waited: 0 };
    const waits = [start, start, start, { ran: 0.01, waited: 0.01 }];
    assert.deepEqual(foundWith(waits), ['blocked 0.69']);
    assert.deepEqual(foundWith([start, start, start, { ran: 0.01, waited: 0.3 }]), []);
  });

  it('is not many that are short, nor one that the debugger has paused', () => {
    const found = lint(function* (lints) {
      const computes = start('computes', function* () {
        for (let i = 0; i < 20; i++) {
          compute(0.04);
          lints.beat();
          yield* at(1, sleep, 0);
        }
        lints.paused();
        compute(60);
        lints.beat();
        yield* at(2, sleep, 0);
      });
      yield* callOn(computes, computes.join);
    });
    assert.deepEqual(found, []);
  });
});

describe('starvation', () => {
  it('is that of who is next in line for a lock that others take again and again', () => {
    const lock = new Semaphore();
    const found = lint(function* () {
      start('greedy', function* () {
        for (let i = 0; i < 30; i++) {
          yield* on(1, lock, 'acquire');
          yield* at(2, sleep, 0.05);
          lock.release();
        }
      });
      const modest = start('modest', () => on(3, lock, 'acquire'));
      yield* callOn(modest, modest.join);
    });
    assert.deepEqual(found, ['starvation modest (Semaphore.acquire) :3']);
  });

  it('is not that of who waits for one that holds a lock for long, or behind many others', () => {
    const [slow, lock] = [new Semaphore(), new Semaphore()];
    const found = lint(function* () {
      start('slow', function* () {
        yield* on(1, slow, 'acquire');
        yield* at(1, sleep, 3);
        slow.release();
      });
      start('patient', () => on(2, slow, 'acquire'));
      const all = Array.from({ length: 40 }, () =>
        start('queues', function* () {
          yield* on(3, lock, 'acquire');
          yield* at(3, sleep, 0.1);
          lock.release();
        }),
      );
      for (const each of all) yield* callOn(each, each.join);
    });
    assert.deepEqual(found, []);
  });

  it('is that of who is ready while others are always chosen', () => {
    const found = lint(function* (lints) {
      const starved = start('starved', () => at(1, sleep, 0));
      hub.policy = {
        choose: (ready) =>
          Math.max(
            0,
            ready.findIndex((each) => each !== starved),
          ),
      };
      const busy = ['a', 'b'].map((name) =>
        start(name, function* () {
          for (let i = 0; i < 40; i++) {
            compute(0.02);
            lints.beat();
            yield* at(2, sleep, 0);
          }
        }),
      );
      for (const each of busy) yield* callOn(each, each.join);
      hub.policy = null;
    });
    assert.deepEqual(found, ['starvation starved']);
  });
});

it('a busy wait gives way all the time at one place, and does nothing else', () => {
  const busy = (pause: number, lints: Lints) =>
    function* () {
      for (let i = 0; i < 1.5 / pause; i++) {
        compute(pause);
        if (i % Math.ceil(BEAT / pause) === 0) lints.beat();
        yield* at(1, sleep, 0);
      }
    };
  const run = (pause: number) =>
    lint(function* (lints) {
      const greenlet = start('polls', busy(pause, lints));
      yield* callOn(greenlet, greenlet.join);
    });
  assert.deepEqual(run(0.00002), ['busy-wait polls (sleep(0)) :1']);
  assert.deepEqual(run(0.001), [], 'one that works for a millisecond each time');
});

describe('a kill', () => {
  /** Kills a greenlet in its first wait, and looks on for a while. */
  const killed = (body: () => Steps) =>
    lint(function* () {
      const victim = start('victim', body);
      yield* call(sleep, 0);
      kill(victim);
      yield* call(sleep, 1);
    });

  it('is swallowed by who comes back to where it was killed', () => {
    const found = killed(function* () {
      for (;;) {
        try {
          yield* on(1, new Event(), 'wait');
        } catch {}
      }
    });
    assert.deepEqual(found, ['swallowed-kill victim (Event.wait) :1']);
  });

  it('is swallowed by who goes on with something else', () => {
    const found = killed(function* () {
      try {
        yield* on(1, new Event(), 'wait');
      } catch {}
      yield* at(2, sleep, 0.1);
    });
    assert.deepEqual(found, ['swallowed-kill victim (Event.wait) :1']);
  });

  it('is not swallowed by who ends by it, cleans up first, or returns at once', () => {
    const wait = () => on(1, new Event(), 'wait');
    const cleansUp = killed(function* () {
      try {
        yield* wait();
      } finally {
        for (let i = 0; i < 5; i++) yield* at(i + 2, sleep, 0.05);
      }
    });
    const returns = killed(function* () {
      try {
        yield* wait();
      } catch (error) {
        assert(error instanceof GreenletExit);
      }
    });
    assert.deepEqual([killed(wait), cleansUp, returns], [[], [], []]);
  });
});

describe('a time limit', () => {
  const limited = (again: (tries: number) => void) =>
    lint(function* () {
      const greenlet = start('reads', function* () {
        let limit = Timeout.startNew(0.1);
        for (let tries = 0; tries < 3; tries++) {
          try {
            yield* on(1, new Event(), 'wait', tries < 2 ? undefined : 0);
          } catch {
            again(tries);
            if (tries === 1) limit = Timeout.startNew(0.1);
          } finally {
            if (tries === 2) limit.cancel();
          }
        }
      });
      yield* call(sleep, 1);
      kill(greenlet);
    });

  it('is swallowed by who does the same again without one', () => {
    assert.deepEqual(
      limited(() => {}),
      ['swallowed-timeout reads (Event.wait) :1'],
    );
  });

  it('is not swallowed by who sets another one', () => {
    assert.deepEqual(
      limited(() => Timeout.startNew(0.1)),
      [],
    );
  });
});

describe('a semaphore', () => {
  it('that is a lock is released too often at the place where that is done', () => {
    const found = lint(function* () {
      const lock = new Semaphore();
      lock.name = 'lock';
      yield* on(1, lock, 'acquire');
      lock.release();
      lock.release();
    });
    assert.deepEqual(found, ['over-release whole (lock)']);
  });

  it('that is a signal may be released as often as there is something to tell', () => {
    const found = lint(function* () {
      const signal = new Semaphore(0);
      for (let i = 0; i < 3; i++) signal.release();
      yield* on(1, signal, 'acquire');
    });
    assert.deepEqual(found, []);
  });
});
