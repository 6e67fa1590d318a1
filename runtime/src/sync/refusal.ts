/** Tells one who waits for a queue that it is shut down. */

import type { Callback } from '../core/hub.ts';
import type { Waiting } from '../core/wait.ts';
import { ShutDown } from './queue-errors.ts';

export class Refusal implements Callback {
  private readonly waiting: Waiting;

  constructor(waiting: Waiting) {
    this.waiting = waiting;
  }

  step(): boolean {
    this.waiting.fail(new ShutDown());
    return false;
  }
}
