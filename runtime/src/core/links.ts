/** Links: who wants to know of a greenlet's end. */

import type { Body, Greenlet } from './greenlet.ts';
import type { Callback, Hub } from './hub.ts';
import { captureStores } from './stores.ts';

/** What a link calls: a function, or an object such as an AsyncResult, which receives the ended greenlet. */
export type LinkTarget<G> = ((greenlet: G) => unknown) | { receive(greenlet: G): unknown };

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

/**
 * A link that calls `callback` in a new greenlet.
 *
 * @param wanted whether to call it.
 * @param make makes the greenlet, which is begun here.
 */
export function linkInGreenlet(
  callback: LinkTarget<Greenlet>,
  wanted: () => boolean,
  make: (body: Body, argument: Greenlet) => Greenlet,
  hub: Hub,
): LinkCallback {
  const body = typeof callback === 'function' ? callback : callback.receive.bind(callback);
  const stores = captureStores();
  const link: LinkCallback = (ended) => {
    if (!wanted()) return;
    const greenlet = make(body, ended);
    greenlet.stores = stores;
    greenlet.state = 'ready';
    greenlet.enlist();
    hub.probe?.spawn(greenlet, ended);
    hub.begin(greenlet);
  };
  link.original = callback;
  return link;
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
