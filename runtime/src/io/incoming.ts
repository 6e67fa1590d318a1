/**
 * The receiving side of a stream: data that has arrived and was not read yet, and the greenlet that waits for it. The stream flows
 * until so much lies here, then it is paused: so a slow reader fills no memory, and a fast one costs neither a pause nor a promise.
 */

import type { Readable } from 'node:stream';
import { type Frame, finished } from '../core/frame.ts';
import type { Slot } from './slot.ts';

/** The stream is paused when so many bytes were not read, and flows again when this has come down to half. */
const HIGH_WATER = 65_536;
const EMPTY = Buffer.alloc(0);

export class Incoming {
  /** How many bytes have arrived and were not read. */
  size = 0;
  /** Whether nothing more will come. */
  ended = false;
  /** What the stream has failed with. */
  error: unknown = undefined;
  private readonly stream: Readable;
  private readonly slot: Slot;
  private readonly changed: () => void;
  private chunks: Buffer[] = [];
  /** How much the one who waits takes at most; 0: it only wants to know. */
  private wanted = 0;
  private started = false;
  private paused = false;

  /**
   * @param slot where a greenlet waits for this side.
   * @param changed is called when there may be something to read.
   */
  constructor(stream: Readable, slot: Slot, changed: () => void) {
    this.stream = stream;
    this.slot = slot;
    this.changed = changed;
  }

  /** Lets data come in; until now the stream, or the system, has kept it. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.stream.on('data', this.onData).on('end', this.onEnd).resume();
  }

  /**
   * What a call that reads returns: what is there, or the frame of a wait. An empty buffer is the end.
   *
   * @param size how many bytes at most; 0: waits until there are some, and leaves them here.
   */
  read(size: number, kind: string, timeout: number | undefined): Frame {
    if (this.size > 0) return finished(size === 0 ? EMPTY : this.take(size));
    if (this.ended) return finished(EMPTY);
    if (this.error !== undefined) throw this.error;
    this.start();
    this.wanted = size;
    return this.slot.park(kind, timeout);
  }

  /** Whether a read would return, or throw, at once. */
  isReady(): boolean {
    return this.size > 0 || this.ended || this.error !== undefined;
  }

  /** Takes up to `size` bytes out. */
  take(size: number): Buffer {
    const taken = this.peek(size);
    this.drop(taken.length);
    return taken;
  }

  /** The first bytes, up to `size`, which stay here. */
  peek(size: number): Buffer {
    const { chunks } = this;
    const first = chunks[0] ?? EMPTY;
    if (first.length > size) return first.subarray(0, size);
    if (first.length === size || chunks.length <= 1) return first;
    const all = Buffer.concat(chunks);
    this.chunks = [all];
    return all.subarray(0, size);
  }

  /** Puts back what was taken before, to be read again. */
  putBack(parts: readonly Buffer[]): void {
    this.chunks.unshift(...parts);
    for (const each of parts) this.size += each.length;
  }

  /** The stream has failed: everyone who reads hears of it, once what has arrived before is read. */
  fail(error: unknown): void {
    if (this.ended || this.error !== undefined) return;
    this.error = error;
    this.slot.fail(error);
    this.changed();
  }

  /** Nothing more will come. */
  end(): void {
    if (this.ended || this.error !== undefined) return;
    this.ended = true;
    this.slot.wake(EMPTY);
    this.changed();
  }

  /** Gives the stream back as it would be if nobody had read here. Who waits must be gone. */
  release(): void {
    const { stream } = this;
    stream.pause();
    stream.off('data', this.onData).off('end', this.onEnd);
    if (this.size > 0 && !this.ended) stream.unshift(this.take(this.size));
  }

  private drop(count: number): void {
    const { chunks } = this;
    const first = chunks[0];
    if (first === undefined) return;
    if (first.length === count) chunks.shift();
    else chunks[0] = first.subarray(count);
    this.size -= count;
    if (this.paused && this.size <= HIGH_WATER / 2) {
      this.paused = false;
      this.stream.resume();
    }
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.ended) return;
    const { slot, wanted } = this;
    const isAwaited = slot.greenlet !== null;
    if (isAwaited && chunk.length <= wanted) {
      slot.wake(chunk);
      return;
    }
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size >= HIGH_WATER && !this.paused) {
      this.paused = true;
      this.stream.pause();
    }
    if (isAwaited) slot.wake(wanted === 0 ? EMPTY : this.take(wanted));
    this.changed();
  };

  private readonly onEnd = (): void => this.end();
}
