import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame } from '../../runtime/src/core/frame.ts';
import { FrameList } from '../../runtime/src/core/frame-list.ts';

const frames: Frame[] = Array.from({ length: 50 }, () => ({
  next: () => ({ done: true }),
  throw: () => ({ done: true }),
}));

describe('a list of frames', () => {
  it('gives them back, last first', () => {
    const list = new FrameList();
    for (const [index, frame] of frames.entries()) list.push(frame, index);
    assert.deepEqual(list.allSites(), [...frames.keys()]);
    assert.deepEqual(list.allFrames(), frames);
    for (const frame of [...frames].reverse()) assert.equal(list.pop(), frame);
    assert.equal(list.pop(), null);
    assert.equal(list.count, 0);
  });

  it('grows and shrinks apart from others', () => {
    const [first, second] = [new FrameList(), new FrameList()];
    const [a, b] = frames as [Frame, Frame];
    first.push(a, 1);
    second.push(b, 2);
    first.replace(0, b);
    assert.deepEqual([first.frame(0), first.site(0)], [b, 1]);
    first.clear();
    assert.deepEqual([first.allFrames(), second.allFrames()], [[], [b]]);
  });

  it('is not reached by what the program puts on prototypes', () => {
    const list = new FrameList();
    try {
      for (const index of [0, 8, 16])
        Object.defineProperty(Array.prototype, index, {
          set: () => assert.fail('a setter'),
          configurable: true,
        });
      for (let index = 0; index < 20; index++) list.push(frames[index] as Frame, index);
    } finally {
      for (const index of [0, 8, 16]) delete (Array.prototype as Record<number, unknown>)[index];
    }
    assert.equal(list.count, 20);
  });
});
