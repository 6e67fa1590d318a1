/** Links: who wants to know of a greenlet's end. */

import type { Greenlet } from './greenlet.ts';
import type { Callback, Hub } from './hub.ts';

/** Is called in the hub when the greenlet has ended. */
export interface LinkCallback {
  (greenlet: Greenlet): void;
  /** What `unlink` knows it by, where that is another function. */
  original?: unknown;
}

/** Calls an ended greenlet's links, one a step, in the order in which they were added; also those added meanwhile. */
export class Notification implements Callback {
  private readonly greenlet: Greenlet;
  private readonly hub: Hub;

  constructor(greenlet: Greenlet, hub: Hub) {
    this.greenlet = greenlet;
    this.hub = hub;
  }

  step(): boolean {
    const { links } = this.greenlet;
    const link = links.shift();
    if (link === undefined) return false;
    try {
      link(this.greenlet);
    } catch (error) {
      this.hub.handleError(link.original ?? link, error);
    }
    return links.length > 0;
  }
}
