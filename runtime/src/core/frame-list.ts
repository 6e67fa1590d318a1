/**
 * Frames with the sites at which they are suspended. Entries are written into slots that exist: a setter that the program puts on
 * `Array.prototype` or `Object.prototype` would hear of a new element, and could throw.
 */

import type { Frame, Site } from './frame.ts';

/** How many slots a list grows by, at least. */
const STEP = 8;
const NO_FRAMES: readonly (Frame | null)[] = new Array(STEP).fill(null);
const NO_SITES: readonly Site[] = new Array(STEP).fill(-1);

export class FrameList {
  /** How many frames there are. */
  count = 0;
  private frames: readonly (Frame | null)[] = NO_FRAMES;
  private sites: readonly Site[] = NO_SITES;

  push(frame: Frame, site: Site): void {
    const { count } = this;
    if (this.frames === NO_FRAMES || count === this.frames.length) this.grow();
    (this.frames as (Frame | null)[])[count] = frame;
    (this.sites as Site[])[count] = site;
    this.count = count + 1;
  }

  /** Takes the last frame off; null when there is none left. */
  pop(): Frame | null {
    if (this.count === 0) return null;
    this.count--;
    const frame = this.frames[this.count] as Frame;
    (this.frames as (Frame | null)[])[this.count] = null;
    return frame;
  }

  frame(index: number): Frame {
    return this.frames[index] as Frame;
  }

  site(index: number): Site {
    return this.sites[index] as Site;
  }

  /** Puts another frame in the place of one. */
  replace(index: number, frame: Frame): void {
    (this.frames as (Frame | null)[])[index] = frame;
  }

  clear(): void {
    while (this.pop() !== null);
  }

  allFrames(): Frame[] {
    return this.frames.slice(0, this.count) as Frame[];
  }

  allSites(): Site[] {
    return this.sites.slice(0, this.count);
  }

  private grow(): void {
    const isNew = this.frames === NO_FRAMES;
    this.frames = isNew ? NO_FRAMES.slice() : this.frames.concat(this.frames);
    this.sites = isNew ? NO_SITES.slice() : this.sites.concat(this.sites);
  }
}
