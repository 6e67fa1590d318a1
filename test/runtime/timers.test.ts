import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Timer, Timers } from '../../runtime/src/core/timers.ts';

/** A small generator of numbers, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

test('timers leave the heap by deadline, then in the order of their start, whatever is removed', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const next = random(seed);
    const timers = new Timers();
    const kept: Timer[] = [];
    for (let i = 0; i < 200; i++) {
      const timer = timers.add(Math.floor(next() * 20), () => {}, i % 3 === 0);
      kept.push(timer);
      if (next() < 0.3) {
        const [removed] = kept.splice(Math.floor(next() * kept.length), 1);
        assert.equal(timers.remove(removed as Timer), true);
        assert.equal(timers.remove(removed as Timer), false);
      }
    }
    assert.equal(timers.holding, kept.filter((each) => each.holds).length);
    kept.sort((a, b) => a.deadline - b.deadline || a.seq - b.seq);
    const left: Timer[] = [];
    for (let first = timers.first; first !== undefined; first = timers.first) {
      timers.remove(first);
      left.push(first);
    }
    assert.deepEqual(
      left.map((each) => each.seq),
      kept.map((each) => each.seq),
      `seed ${seed}`,
    );
    assert.equal(timers.holding, 0);
  }
});
