import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../runtime/src/core/clock.ts';
import { StoppableClock } from '../../runtime/src/instrument/stoppable-clock.ts';

/** The world's clock, moved by the test. */
class World implements Clock {
  time = 100;
  deadline: number | null = null;
  private ring: () => void = () => {};

  now(): number {
    return this.time;
  }

  arm(deadline: number, ring: () => void): void {
    this.deadline = deadline;
    this.ring = ring;
  }

  disarm(): void {
    this.deadline = null;
  }

  /** Time passes, and what is due rings. */
  pass(seconds: number): void {
    this.time += seconds;
    if (this.deadline === null || this.deadline > this.time) return;
    this.deadline = null;
    this.ring();
  }
}

function clocks() {
  const world = new World();
  const clock = new StoppableClock(world);
  const rung: number[] = [];
  const arm = (deadline: number) => clock.arm(deadline, () => rung.push(clock.now()), true);
  return { world, clock, rung, arm };
}

test('it stands while it is stopped, and goes on from there', () => {
  const { world, clock } = clocks();
  world.time += 1;
  assert.equal(clock.now(), 101);
  clock.stop();
  world.time += 10;
  clock.stop();
  world.time += 10;
  assert.equal(clock.now(), 101);
  clock.goOn();
  clock.goOn();
  world.time += 2;
  assert.equal(clock.now(), 103);
});

test('what was due after the stop is due as much later', () => {
  const { world, clock, rung, arm } = clocks();
  arm(105);
  world.pass(3);
  clock.stop();
  world.time += 50;
  clock.goOn();
  world.pass(1);
  assert.deepEqual(rung, []);
  world.pass(1);
  assert.deepEqual(rung, [105]);
  arm(106);
  world.pass(1);
  assert.deepEqual(rung, [105, 106]);
});

test('what is taken back during a stop does not ring', () => {
  const { world, clock, rung, arm } = clocks();
  arm(105);
  clock.stop();
  clock.disarm();
  clock.goOn();
  world.pass(50);
  assert.deepEqual(rung, []);
});

test('it goes on where the debugger has gone without a word', () => {
  const { world, clock, rung, arm } = clocks();
  arm(105);
  clock.stop();
  world.pass(50);
  assert.deepEqual(rung, []);
  assert.equal(clock.now(), 100);
  world.pass(5);
  assert.deepEqual(rung, [105]);
});
