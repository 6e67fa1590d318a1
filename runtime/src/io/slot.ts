/** One direction of a socket, where one greenlet at a time can wait. Made once, and used again for each wait. */

import type { Frame } from '../core/frame.ts';
import type { Cancel, Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { LATE, type Timer } from '../core/timers.ts';
import { park } from '../core/wait.ts';
import { ConcurrentObjectUseError, SocketTimeout, wouldBlock } from './socket-error.ts';

export class Slot implements Cancel {
  /** Who waits. */
  greenlet: Greenlet | null = null;
  private readonly on: object;
  private holds = false;
  private timer: Timer | null = null;
  /** Tells the waits apart. */
  private turn = 0;

  /** @param on the socket. */
  constructor(on: object) {
    this.on = on;
  }

  /**
   * Parks the running greenlet until `wake` or `fail`. The process stays alive for it.
   *
   * @param timeout how long, in seconds; undefined: without an end; 0: it may not wait.
   * @throws {ConcurrentObjectUseError} if another one waits.
   * @throws {SocketError} EAGAIN, if it may not wait.
   */
  park(kind: string, timeout: number | undefined): Frame {
    this.check();
    if (timeout === 0) throw wouldBlock();
    const greenlet = hub.parking(kind);
    this.greenlet = greenlet;
    this.holds = greenlet.holds();
    hub.outside.begin(this.holds);
    if (timeout !== undefined) this.timer = hub.after(timeout, this.expire, this.holds, LATE);
    return park(greenlet, kind, this.on, this);
  }

  /** @throws {ConcurrentObjectUseError} if a greenlet waits. */
  check(): void {
    if (this.greenlet === null) return;
    const { label } = this.greenlet;
    throw new ConcurrentObjectUseError(
      `This socket is already used by another greenlet: ${label} waits: ${this.greenlet.waitText()}`,
    );
  }

  /** Goes on with the one who waits. For events of Node's only, outside any greenlet. */
  wake(value: unknown): void {
    const { greenlet } = this;
    if (greenlet === null) return;
    this.cancel();
    hub.resume(greenlet, value);
  }

  /** Ends the wait with an error. For events of Node's only, outside any greenlet. */
  fail(error: unknown): void {
    if (this.greenlet !== null) hub.fail(this.greenlet, error);
  }

  /** Ends the wait, at the hub's next turn: for calls made by greenlets. Never switches. */
  endSoon(end: (slot: this) => void): void {
    const { greenlet, turn } = this;
    if (greenlet === null) return;
    const step = () => {
      if (this.greenlet === greenlet && this.turn === turn) end(this);
      return false;
    };
    hub.push({ step });
  }

  cancel(): void {
    this.greenlet = null;
    this.turn++;
    hub.outside.end(this.holds);
    if (this.timer === null) return;
    hub.cancel(this.timer);
    this.timer = null;
  }

  private readonly expire = (): void => {
    this.timer = null;
    this.fail(new SocketTimeout());
  };
}
