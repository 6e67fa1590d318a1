/** A policy that follows a script. */

import { Greenlet } from '../core/greenlet.ts';
import type { Callback } from '../core/hub.ts';
import type { Policy } from '../core/policy.ts';

/**
 * Runs greenlets in the order of a script; when it has come to its end, first in, first out. The names are those of greenlets, once for
 * each of their turns that begins in the hub's queue: a start, or the return of a `sleep(0)`. What else is ready, such as the
 * notification that wakes who waits for an event, comes first.
 *
 *     getHub().policy = new ScriptedPolicy('b a a b');
 *
 * Numbers are indexes into what is ready, as SeededPolicy has chosen them.
 */
export class ScriptedPolicy implements Policy {
  private readonly script: readonly (string | number)[];
  private at = 0;

  constructor(script: string | readonly number[]) {
    this.script =
      typeof script === 'string' ? script.split(/\s+/).filter((name) => name !== '') : script;
  }

  /** Whether the script has come to its end. */
  get done(): boolean {
    return this.at >= this.script.length;
  }

  /** @throws {Error} in the hub, if the greenlet whose turn it is cannot run. */
  choose(ready: readonly Callback[]): number {
    const wanted = this.script[this.at];
    if (wanted === undefined) return 0;
    if (typeof wanted === 'number') {
      this.at++;
      if (wanted < ready.length) return wanted;
      throw new Error(`The script wants number ${wanted} of ${ready.length} that are ready`);
    }
    const other = ready.findIndex((each) => !(each instanceof Greenlet && each.started));
    if (other >= 0) return other;
    this.at++;
    const index = ready.findIndex((each) => isCalled(each as Greenlet, wanted));
    if (index >= 0) return index;
    const names = ready.map((each) => (each as Greenlet).label).join(', ');
    throw new Error(`The script wants ${wanted}, but ready are ${names}`);
  }
}

function isCalled({ name, label }: Greenlet, wanted: string): boolean {
  return name === wanted || label.replace(' ', '') === wanted;
}
