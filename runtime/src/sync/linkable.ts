/**
 * What Event, AsyncResult and Semaphore have in common: greenlets and callbacks that wait in one list, and one callback of the
 * hub that notifies them, however often the primitive has become ready meanwhile.
 *
 * - One notification goes as far as the link that was the last when it began, so that links that are added by others do not keep
 *   it going; then come those who arrived while it was pending.
 * - Who waits on a primitive that is ready, while a notification is pending, queues behind those who waited before.
 */

import type { Frame } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { type Callback, hub } from '../core/hub.ts';
import { primitives } from '../core/primitives.ts';
import { Waiting } from '../core/wait.ts';
import { Entry, WaitList } from '../core/wait-list.ts';

const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** Something that can be waited for together with others: greenlets, and all of these primitives. */
export interface Waitable {
  rawlink(callback: (source: Source) => void): void;
  unlink(callback: (source: Source) => void): void;
}

// biome-ignore lint/suspicious/noExplicitAny: a callback may expect any kind of source.
type Source = any;

/** Who is told when a primitive is ready. */
interface Link extends Entry {
  notify(source: Linkable): void;
}

export abstract class Linkable implements Waitable {
  /** What a debugger calls it. */
  name = '';
  /** @internal */ readonly links: WaitList<Link> = new WaitList();
  /** @internal */ notifier: Notifier | null = null;

  constructor() {
    primitives.made?.(this);
  }

  /** Whether it would not have to be waited for. */
  abstract ready(): boolean;

  /** @internal Whether a notification goes on when the primitive is no longer ready. */
  notifiesAll(): boolean {
    return true;
  }

  /**
   * Calls `callback` with this primitive once it is ready, one time only, in the hub itself: it must not switch. Never switches.
   */
  rawlink(callback: (source: this) => void): void {
    if (typeof callback !== 'function') throw new TypeError('A link is a function');
    this.links.push(new CallbackLink(callback as (source: never) => void));
    this.notify();
  }

  /** Takes back a callback given to `rawlink`; nothing happens if there is none. Never switches. */
  unlink(callback: (source: this) => void): void {
    for (const list of [this.links, this.notifier?.late]) {
      for (const each of list ?? []) {
        if (each instanceof CallbackLink && each.callback === (callback as unknown)) {
          list?.remove(each);
          this.unlinked();
          return;
        }
      }
    }
  }

  /** How many wait: greenlets and callbacks. */
  linkCount(): number {
    return this.links.size;
  }

  /** The greenlets that wait, in their order. */
  waiters(): Greenlet[] {
    const links: Link[] = [...this.links, ...(this.notifier?.late ?? [])];
    return links.filter((each) => each instanceof Waiting).map((each) => each.greenlet);
  }

  /** What a test and `console.log` see of it. */
  abstract toString(): string;

  /** @internal What Node's `console.log` shows. */
  [INSPECT](): string {
    return this.toString();
  }

  /** @internal Lets the hub tell those who wait, if it is ready. */
  notify(): void {
    if (this.notifier !== null || this.links.size === 0 || !this.ready()) return;
    this.notifier = new Notifier(this);
    hub.push(this.notifier);
  }

  /** @internal Nobody waits any more: a notification that has not begun is dropped, so that the next one has its own turn. */
  unlinked(): void {
    if (this.links.size === 0 && this.notifier?.isIdle()) this.notifier = null;
  }

  /** @internal Parks the running greenlet until it is notified. */
  parkLink(waiting: LinkedWaiting, kind: string, timeout: number | undefined): Frame {
    waiting.source = this;
    if (this.notifier !== null && this.ready()) {
      this.notifier.late ??= new WaitList();
      return waiting.parkIn(this.notifier.late as never, kind, this, undefined);
    }
    return waiting.parkIn(this.links as never, kind, this, timeout);
  }
}

/** A greenlet that waits for a notification. */
export class LinkedWaiting extends Waiting implements Link {
  /** @internal */ source: Linkable | null = null;

  override cancel(): void {
    super.cancel();
    this.source?.unlinked();
  }

  /** The primitive is ready: ends the wait. */
  notify(_source: Linkable): void {
    this.wake(true);
  }
}

class CallbackLink extends Entry implements Link {
  readonly callback: (source: never) => void;

  constructor(callback: (source: never) => void) {
    super();
    this.callback = callback;
  }

  notify(source: Linkable): void {
    this.callback(source as never);
  }
}

/** One notification: a link a step. */
class Notifier implements Callback {
  /** Those who came while the notification was pending; made for the first one. */
  late: WaitList<Link> | null = null;
  cause = 0;
  private readonly source: Linkable;
  private round: Round | null = null;
  private lateRound = false;

  constructor(source: Linkable) {
    this.source = source;
  }

  /** Whether it has not begun, and nobody has come meanwhile. */
  isIdle(): boolean {
    return this.round === null && (this.late === null || this.late.size === 0);
  }

  step(): boolean {
    const { source } = this;
    if (source.notifier !== this) return false;
    this.round ??= new Round(source.links);
    let link = this.round.next(source);
    if (link === null && !this.lateRound && this.late !== null) {
      this.lateRound = true;
      this.round = new Round(this.late);
      link = this.round.next(source);
    }
    if (link === null) {
      this.finish();
      return false;
    }
    try {
      link.notify(source);
    } catch (error) {
      hub.handleError(link instanceof CallbackLink ? link.callback : source, error);
    }
    return true;
  }

  private finish(): void {
    const { source, late } = this;
    if (late !== null) {
      for (let link = late.shift(); link !== null; link = late.shift()) source.links.push(link);
    }
    source.notifier = null;
    source.notify();
  }
}

/** The links of one list that one notification tells. A callback that is there twice is told once. */
class Round {
  private readonly list: WaitList<Link>;
  private readonly final: Link | null;
  /** The last one's callback, where it is one. */
  private readonly finalCallback: unknown;
  private over = false;
  /** The callbacks that were told; made for the first one. */
  private told: Set<unknown> | null = null;

  constructor(list: WaitList<Link>) {
    this.list = list;
    this.final = list.last;
    this.finalCallback = this.final instanceof CallbackLink ? this.final.callback : null;
  }

  next(source: Linkable): Link | null {
    for (;;) {
      if (this.over || (!source.notifiesAll() && !source.ready())) return null;
      const link = this.list.shift();
      if (link === null) return null;
      if (link === this.final) this.over = true;
      if (!(link instanceof CallbackLink)) return link;
      if (link.callback === this.finalCallback) this.over = true;
      this.told ??= new Set();
      if (!this.told.has(link.callback)) {
        this.told.add(link.callback);
        return link;
      }
    }
  }
}
