/** The sending side of a stream, and the greenlet that waits until the system has taken what it sends. */

import type { Writable } from 'node:stream';
import { type Frame, finished } from '../core/frame.ts';
import type { Slot } from './slot.ts';
import { brokenPipe, wouldBlock } from './socket-error.ts';

export class Outgoing {
  /** What the stream has failed with. */
  error: unknown = undefined;
  private readonly stream: Writable;
  private readonly slot: Slot;
  private readonly changed: () => void;
  /** How many writes have not been told as done. */
  private pending = 0;
  /** What the call returns that waits. */
  private value: unknown = undefined;

  /**
   * @param slot where a greenlet waits for this side.
   * @param changed is called when more can be sent.
   */
  constructor(stream: Writable, slot: Slot, changed: () => void) {
    this.stream = stream;
    this.slot = slot;
    this.changed = changed;
  }

  /**
   * What a call that sends returns: `value` if the system has taken everything at once, or the frame of a wait. It waits for all of
   * it, since Node keeps a reference and no copy: the caller may change its buffer afterwards.
   */
  send(
    data: string | Uint8Array,
    kind: string,
    timeout: number | undefined,
    value: unknown,
  ): Frame {
    const { stream, slot } = this;
    slot.check();
    if (this.error !== undefined) throw this.error;
    if (timeout === 0 && stream.writableLength > 0) throw wouldBlock();
    this.pending++;
    stream.write(data, this.written);
    if (stream.writableLength === 0 || timeout === 0) return finished(value);
    this.value = value;
    return slot.park(kind, timeout);
  }

  /** Whether a send would not have to wait for an earlier one, or fails. */
  isReady(): boolean {
    const { stream } = this;
    return stream.writableLength === 0 || stream.destroyed || this.error !== undefined;
  }

  /** Ends sending, after what was sent before. */
  end(): void {
    if (this.error !== undefined) return;
    this.error = brokenPipe();
    this.stream.end();
  }

  /** The stream has failed. */
  fail(error: unknown): void {
    this.error ??= error;
    this.slot.fail(error);
    this.changed();
  }

  private readonly written = (error?: Error | null): void => {
    this.pending--;
    // An error reaches `fail` too, with the stream's event.
    if (error || this.pending > 0) return;
    this.slot.wake(this.value);
    this.changed();
  };
}
