/** Frozen greenlets miss their turns until they are thawed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Freezer } from '../../runtime/src/core/freezer.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import '../../runtime/src/node/install.ts';
import { call, dual, onVirtualTime } from '../support/virtual.ts';

function notesOf(
  program: (note: (text: string) => void, freezer: Freezer) => Generator<undefined, void, unknown>,
): string[] {
  const notes: string[] = [];
  const greenlet = onVirtualTime(() => program((text) => notes.push(text), new Freezer(hub)));
  assert.equal(greenlet.exception, undefined);
  assert.equal(greenlet.ready(), true, 'the program has not ended');
  assert.equal(hub.freezer, null, 'somebody is still frozen');
  return notes;
}

const looper = (note: (text: string) => void) =>
  dual(function* looper(name: string) {
    for (let turn = 0; turn < 3; turn++) {
      note(`${name}${turn}`);
      yield* call(sleep, 0);
    }
  });

test('one that is frozen before its start begins when it is thawed', () => {
  const notes = notesOf(function* (note, freezer) {
    const loop = looper(note);
    const [a, b] = [Greenlet.spawn(loop, 'a'), Greenlet.spawn(loop, 'b')];
    freezer.freeze(a);
    yield* call(joinAll, [b]);
    note(`a is ${a.state}`);
    freezer.thaw(a);
    yield* call(joinAll, [a]);
  });
  assert.deepEqual(notes, ['b0', 'b1', 'b2', 'a is ready', 'a0', 'a1', 'a2']);
});

test('one that is frozen in the middle goes on where it was', () => {
  const notes = notesOf(function* (note, freezer) {
    const loop = looper(note);
    const [a, b] = [Greenlet.spawn(loop, 'a'), Greenlet.spawn(loop, 'b')];
    yield* call(sleep, 0);
    freezer.freeze(a);
    freezer.freeze(a);
    yield* call(joinAll, [b]);
    freezer.thaw(a);
    freezer.thaw(a);
    yield* call(joinAll, [a]);
  });
  assert.deepEqual(notes, ['a0', 'b0', 'b1', 'b2', 'a1', 'a2']);
});

test('a wait that ends while its greenlet is frozen keeps its result', () => {
  const notes = notesOf(function* (note, freezer) {
    const sleeper = Greenlet.spawn(
      dual(function* sleeper() {
        yield* call(sleep, 1);
        note(`awake at ${hub.now()}`);
      }),
    );
    yield* call(sleep, 0);
    freezer.freeze(sleeper);
    yield* call(sleep, 5);
    assert.equal(sleeper.state, 'ready');
    freezer.thaw(sleeper);
    yield* call(joinAll, [sleeper]);
  });
  assert.deepEqual(notes, ['awake at 5']);
});

test('a kill waits too, and goes before the turn that was missed', () => {
  const notes = notesOf(function* (note, freezer) {
    const victim = Greenlet.spawn(
      dual(function* victim() {
        try {
          yield* call(sleep, 0);
          note('not reached');
        } finally {
          note('cleaned up');
        }
      }),
    );
    yield* call(sleep, 0);
    freezer.freeze(victim);
    yield* call(sleep, 0);
    kill(victim);
    yield* call(sleep, 0);
    note(`still ${victim.state}`);
    freezer.thaw(victim);
    yield* call(joinAll, [victim]);
    note(victim.state);
  });
  assert.deepEqual(notes, ['still ready', 'cleaned up', 'killed']);
});

test('one that has ended cannot be frozen', () => {
  const notes = notesOf(function* (note, freezer) {
    const loop = looper(note);
    const a = Greenlet.spawn(loop, 'a');
    yield* call(joinAll, [a]);
    freezer.freeze(a);
    note(String(freezer.has(a)));
  });
  assert.deepEqual(notes, ['a0', 'a1', 'a2', 'false']);
});

test('a kill comes before the turn of one that has been thawed', () => {
  const notes = notesOf(function* (note, freezer) {
    const victim = Greenlet.spawn(
      dual(function* victim() {
        try {
          yield* call(sleep, 1);
          note('slept');
        } finally {
          yield* call(sleep, 1);
          note('cleaned up');
        }
      }),
    );
    yield* call(sleep, 0);
    freezer.freeze(victim);
    yield* call(sleep, 2);
    kill(victim);
    freezer.thaw(victim);
    yield* call(joinAll, [victim]);
    note(victim.state);
  });
  assert.deepEqual(notes, ['cleaned up', 'killed']);
});

test('while one runs alone all others are held, also new ones; afterwards they go on in the order of their turns', () => {
  const notes = notesOf(function* (note, freezer) {
    const loop = looper(note);
    const parent = dual(function* parent() {
      Greenlet.spawn(loop, 'new');
      yield* call(loop, 'alone');
      freezer.holdAllBut(null);
    });
    const all = [Greenlet.spawn(loop, 'a'), Greenlet.spawn(parent), Greenlet.spawn(loop, 'b')];
    freezer.holdAllBut(all[1] as Greenlet);
    yield* call(joinAll, all);
    note('end');
  });
  assert.deepEqual(notes.slice(0, 3), ['alone0', 'alone1', 'alone2']);
  assert.deepEqual(notes.slice(3, 6), ['a0', 'b0', 'new0']);
  assert.equal(notes.at(-1), 'end');
});

test('a frozen one that is thawed while another runs alone waits for the end of that', () => {
  const notes = notesOf(function* (note, freezer) {
    const loop = looper(note);
    const a = Greenlet.spawn(loop, 'a');
    freezer.freeze(a);
    yield* call(sleep, 0);
    const other = dual(function* other() {
      freezer.thaw(a);
      yield* call(loop, 'alone');
      freezer.holdAllBut(null);
    });
    const alone = Greenlet.spawn(other);
    freezer.holdAllBut(alone);
    yield* call(joinAll, [a, alone]);
  });
  assert.deepEqual(notes, ['alone0', 'alone1', 'alone2', 'a0', 'a1', 'a2']);
});
