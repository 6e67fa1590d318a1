/** A greenlet's parked stack: frames and the sites at which they are suspended. */

import { type Frame, PARKED, RUNTIME_SITE, type Site, unwinding } from './frame.ts';
import { FrameList } from './frame-list.ts';
import { type Place, placeOf } from './sites.ts';
import { captureStores, type Stores } from './stores.ts';

/**
 * The innermost frame is held apart, because it is nearly always the only one that a switch touches: it is resumed and suspends
 * again, while its callers stay parked.
 */
export class FrameStack {
  /** @internal The stores of the async context that it carries along while it does not run. */
  stores: Stores = captureStores();
  private innermost: Frame | null = null;
  private innermostSite: Site = RUNTIME_SITE;
  /** The parked frames below the innermost one, outermost first; most greenlets have none. */
  private callers: FrameList | undefined = undefined;
  private passedThrough: WeakMap<object, readonly Site[]> | undefined = undefined;

  /** @internal The parked frames, outermost first: of a running greenlet, those below what the hub runs. */
  get frames(): Frame[] {
    const below = this.callers?.allFrames() ?? [];
    return this.innermost === null ? below : [...below, this.innermost];
  }

  /** @internal Where each of `frames` is suspended. */
  get sites(): Site[] {
    const below = this.callers?.allSites() ?? [];
    return this.innermost === null ? below : [...below, this.innermostSite];
  }

  /** @internal Puts another frame in the place of `frames[index]`. */
  replaceFrame(index: number, frame: Frame): void {
    if (this.callers !== undefined && index < this.callers.count)
      this.callers.replace(index, frame);
    else this.innermost = frame;
  }

  /** @internal Takes the innermost frame off the stack; null when there is none left. */
  popFrame(): Frame | null {
    const { innermost, callers } = this;
    if (innermost !== null) {
      this.innermost = null;
      return innermost;
    }
    return callers === undefined ? null : callers.pop();
  }

  /**
   * @internal Puts the frames that have been handed up onto the stack; `outermost` is the one that the hub ran.
   *
   * @returns how many of them are callers: frames below the innermost one.
   */
  pushFrames(outermost: Frame): number {
    const up = unwinding;
    const { callees } = up;
    const { count } = callees;
    if (count > 0) {
      this.callers ??= new FrameList();
      const { callers } = this;
      callers.push(outermost, callees.site(count - 1));
      for (let i = count - 1; i > 0; i--) callers.push(callees.frame(i), callees.site(i - 1));
      this.innermost = callees.frame(0);
      callees.clear();
    } else if (outermost !== PARKED) {
      this.innermost = outermost;
    }
    this.innermostSite = up.site;
    up.site = RUNTIME_SITE;
    return count;
  }

  /** @internal Where so many callers of the innermost frame are suspended, innermost first. */
  callerSites(count: number): Site[] {
    const { callers } = this;
    if (callers === undefined) return [];
    return Array.from({ length: count }, (_, index) => callers.site(callers.count - 1 - index));
  }

  /** @internal The innermost site of the program's own code. */
  site(): Site {
    if (this.innermostSite !== RUNTIME_SITE) return this.innermostSite;
    return this.sites.findLast((site) => site !== RUNTIME_SITE) ?? RUNTIME_SITE;
  }

  /** @internal The places of the parked frames, innermost first, without the runtime's own. */
  places(): Place[] {
    return placesOfSites(this.sites);
  }

  /** @internal Forgets all frames. */
  dropFrames(): void {
    this.innermost = null;
    this.callers = undefined;
  }

  /** @internal Remembers the parked callers that an error is passing through, for reports: V8 does not see them. */
  noteCallers(error: unknown): void {
    const { callers } = this;
    if (callers === undefined || callers.count === 0) return;
    if (typeof error !== 'object' || error === null) return;
    this.passedThrough ??= new WeakMap();
    if (!this.passedThrough.has(error)) this.passedThrough.set(error, callers.allSites());
  }

  /** @internal An error's own stack tells of the parked frames already: reports need not. */
  noteTold(error: object): void {
    this.passedThrough ??= new WeakMap();
    this.passedThrough.set(error, []);
  }

  /** @internal Remembers all the parked frames: an error from elsewhere is about to be thrown into the innermost one. */
  noteFrames(error: unknown): void {
    if (typeof error !== 'object' || error === null) return;
    this.passedThrough ??= new WeakMap();
    if (!this.passedThrough.has(error)) this.passedThrough.set(error, this.sites);
  }

  /** @internal The parked callers that an error has passed through, innermost first. */
  callersOf(error: unknown): Place[] {
    if (typeof error !== 'object' || error === null) return [];
    return placesOfSites(this.passedThrough?.get(error) ?? []);
  }
}

/** The places of sites that are given outermost first: innermost first, without the runtime's own. */
export function placesOfSites(sites: readonly Site[]): Place[] {
  return [...sites]
    .reverse()
    .map(placeOf)
    .filter((place) => place !== undefined);
}
