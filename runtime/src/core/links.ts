/** Links: who wants to know of a greenlet's end. */

import { type Body, type Greenlet, thread } from './greenlet.ts';
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

/**
 * Those who want to know of one greenlet's end. In the hub they are called one a step, in the order in which they were added; also those
 * added meanwhile. Most greenlets have one, so that there is no list for one.
 */
export class Links implements Callback {
  /** Whether they are being told, or soon will be. */
  notifying = false;
  cause = 0;
  private readonly greenlet: Greenlet;
  private first: LinkCallback | null = null;
  private others: LinkCallback[] | null = null;

  constructor(greenlet: Greenlet) {
    this.greenlet = greenlet;
  }

  get isEmpty(): boolean {
    return this.first === null;
  }

  /** What the program has given to the `link` methods. */
  targets(): unknown[] {
    const all = this.first === null ? [] : [this.first, ...(this.others ?? [])];
    return all.map((each) => each.original ?? each);
  }

  add(callback: LinkCallback): void {
    if (this.first === null) this.first = callback;
    else if (this.others === null) this.others = [callback];
    else this.others.push(callback);
  }

  /** Takes a callback back, or the one that was made of it; nothing happens if there is none. */
  remove(callback: unknown): void {
    const is = (each: LinkCallback): boolean => each === callback || each.original === callback;
    const { first, others } = this;
    if (first === null) return;
    if (is(first)) {
      this.shift();
    } else if (others !== null) {
      const index = others.findIndex(is);
      if (index >= 0) others.splice(index, 1);
    }
  }

  clear(): void {
    this.first = null;
    this.others = null;
  }

  /** The greenlet has ended: lets the hub call them, unless it is about to. Never switches. */
  tell(hub: Hub): void {
    if (this.notifying || this.first === null) return;
    this.notifying = true;
    hub.push(this);
  }

  step(): boolean {
    const link = this.shift();
    if (link !== null) {
      try {
        link(this.greenlet);
      } catch (error) {
        thread.hub.handleError(link.original ?? link, error);
      }
      if (this.first !== null) return true;
    }
    this.notifying = false;
    return false;
  }

  private shift(): LinkCallback | null {
    const { first, others } = this;
    this.first = others?.shift() ?? null;
    return first;
  }
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
    hub.beginBody(greenlet);
  };
  link.original = callback;
  return link;
}
