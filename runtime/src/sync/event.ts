/** A flag that greenlets wait for (gevent's `Event`). */

import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { Linkable, LinkedWaiting } from './linkable.ts';

export class Event extends Linkable {
  private flag = false;

  /**
   * Waits until the flag is set. May switch; does not if it is set, unless those who waited before are still to be told.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns whether it was set in time. True also if it has been cleared again since.
   */
  declare wait: (timeout?: number) => boolean;

  /** Sets the flag: all who wait now go on, in their order, even if it is cleared before their turn. Never switches. */
  set(): void {
    this.flag = true;
    this.notify();
  }

  /** Clears the flag. Never switches. */
  clear(): void {
    this.flag = false;
  }

  /** Whether the flag is set. */
  isSet(): boolean {
    return this.flag;
  }

  override ready(): boolean {
    return this.flag;
  }

  override toString(): string {
    return `<Event ${this.flag ? 'set' : 'clear'} links[${this.linkCount()}]>`;
  }
}

switchingMethods(Event, { wait: waitForm });

function waitForm(this: Event, timeout?: number): Frame {
  if (this.isSet() && this.notifier === null) return finished(true);
  return this.parkLink(new LinkedWaiting('Event.wait'), 'Event.wait', timeout);
}
