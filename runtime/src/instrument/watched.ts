/** Frames that a pause is laid around. */

import { type Frame, RUNTIME_SITE, type Step } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { pauseAndNext, pauseAndThrow } from './pause.js';

/** A frame that pauses once, when it goes on. */
export class Watched implements Frame {
  readonly frame: Frame;
  private onArrival: ((isTop: boolean) => void) | null;

  /** @param onArrival is called right before the pause; of a module's top level, instead of it. */
  constructor(frame: Frame, onArrival: (isTop: boolean) => void) {
    this.frame = frame;
    this.onArrival = onArrival;
  }

  next(value?: unknown): Step {
    return this.arrives() ? pauseAndNext(this.frame, value) : this.frame.next(value);
  }

  throw(error: unknown): Step {
    return this.arrives() ? pauseAndThrow(this.frame, error) : this.frame.throw(error);
  }

  disarm(): void {
    this.onArrival = null;
  }

  private arrives(): boolean {
    const { onArrival } = this;
    if (onArrival === null) return false;
    this.onArrival = null;
    const isTop = 'scope' in this.frame;
    onArrival(isTop);
    return !isTop;
  }
}

/** The indexes of a greenlet's frames that are the program's own, outermost first. */
export function ownFrames(greenlet: Greenlet): number[] {
  return greenlet.sites.flatMap((site, i) => (site === RUNTIME_SITE ? [] : [i]));
}

/** The frame itself, where a pause has been laid around it. */
export function unwatched(frame: Frame | undefined): Frame | undefined {
  return frame instanceof Watched ? frame.frame : frame;
}
