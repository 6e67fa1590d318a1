/**
 * Errors that the runtime throws at the program are told before they are, if a debugger listens: V8 does not pause at them by
 * itself, since it overlooks what is thrown in code that it is not to show.
 */

import { type Frame, finished, PARKED, type Step } from './frame.ts';
import { hub } from './hub.ts';

/** A frame of the runtime's own that tells of its errors as long as its caller runs it; afterwards the hub throws them. */
export function aloudFrame(frame: Frame): Frame {
  return frame === PARKED || frame === FINISHED ? frame : new Aloud(frame);
}

/** Tells of an error that is about to be thrown. */
export function raise(error: unknown): void {
  hub.onRaise?.(error);
}

/** The same where the error is made: `throw raised(new TypeError(…))`. */
export function raised<E extends Error>(error: E): E {
  raise(error);
  return error;
}

/** What a native function or constructor returns; its error is told before the program gets it. */
export function aloud<T>(native: () => T): T {
  try {
    return native();
  } catch (error) {
    raise(error);
    throw error;
  }
}

const FINISHED = finished(undefined);

class Aloud implements Frame {
  private readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  next(value?: unknown): Step {
    try {
      return this.frame.next(value);
    } catch (error) {
      raise(error);
      throw error;
    }
  }

  throw(error: unknown): Step {
    return this.frame.throw(error);
  }
}
