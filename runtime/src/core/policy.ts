/** Who runs next. The hub's own order is first in, first out; a policy may choose differently. */

import type { Callback } from './hub.ts';

export interface Policy {
  /**
   * Chooses among the callbacks that are ready now.
   *
   * @param ready at least one, oldest first; not to be changed.
   * @returns the index of the one to run.
   */
  choose(ready: readonly Callback[]): number;
}
