/** Links: who wants to know of a greenlet's end. */

import type { Greenlet } from './greenlet.ts';
import type { Callback, Hub } from './hub.ts';

/** Is called in the hub when the greenlet has ended. */
export interface LinkCallback {
  (greenlet: Greenlet): void;
  /** What `unlink` knows it by, where that is another function. */
  original?: unknown;
}

/** Lets the hub call an ended greenlet's links, unless it is about to. Never switches. */
export function tellLinks(greenlet: Greenlet, hub: Hub): void {
  if (greenlet.notifying) return;
  greenlet.notifying = true;
  hub.push(new Notification(greenlet, hub));
}

/** Calls an ended greenlet's links, one a step, in the order in which they were added; also those added meanwhile. */
class Notification implements Callback {
  private readonly greenlet: Greenlet;
  private readonly hub: Hub;

  constructor(greenlet: Greenlet, hub: Hub) {
    this.greenlet = greenlet;
    this.hub = hub;
  }

  step(): boolean {
    const { links } = this.greenlet;
    const link = links.shift();
    if (link !== undefined) {
      try {
        link(this.greenlet);
      } catch (error) {
        this.hub.handleError(link.original ?? link, error);
      }
      if (links.length > 0) return true;
    }
    this.greenlet.notifying = false;
    return false;
  }
}
