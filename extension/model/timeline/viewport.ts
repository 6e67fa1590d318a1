/** Which part of the timeline is in sight; how it is moved. */

export interface Viewport {
  /** What is at the left and at the right edge, in the units of the axis. */
  from: number;
  to: number;
  /** How many pixels of lanes are above the upper edge. */
  top: number;
}

export interface Range {
  from: number;
  to: number;
}

/** The height of a lane with its gap, in pixels. */
export const LANE_HEIGHT = 22;

/** Zooms by a factor (2: twice as large) around a place, which stays where it is. */
export function zoomed(view: Viewport, factor: number, around: number, range: Range): Viewport {
  const whole = range.to - range.from;
  const width = (view.to - view.from) / factor;
  const smallest = whole * 1e-9;
  if (width < smallest && factor > 1) return view;
  const part = (around - view.from) / (view.to - view.from);
  return within({ ...view, from: around - part * width, to: around + (1 - part) * width }, range);
}

/** Moves by a part of the width to the right, and by so many pixels down. */
export function panned(view: Viewport, part: number, down: number, range: Range): Viewport {
  const by = (view.to - view.from) * part;
  return within({ from: view.from + by, to: view.to + by, top: view.top + down }, range);
}

/** Everything in sight. */
export function fitted(range: Range): Viewport {
  return { ...range, top: 0 };
}

/** The newest at the right edge, as far away from it as now. */
export function following(view: Viewport, range: Range): Viewport {
  const by = range.to - view.to;
  return within({ ...view, from: view.from + by, to: range.to }, range);
}

/** Scrolls so that a lane is in sight. */
export function withLane(view: Viewport, index: number, height: number): Viewport {
  const above = index * LANE_HEIGHT;
  const below = above + LANE_HEIGHT - height;
  return { ...view, top: Math.max(0, Math.min(Math.max(view.top, below), above)) };
}

/** Moves so that a place is in sight. */
export function withPlace(view: Viewport, place: number, range: Range): Viewport {
  if (place >= view.from && place <= view.to) return view;
  const half = (view.to - view.from) / 2;
  return within({ ...view, from: place - half, to: place + half }, range);
}

/** Not beyond the ends. */
function within({ from, to, top }: Viewport, range: Range): Viewport {
  const width = Math.min(to - from, range.to - range.from);
  const start = Math.max(range.from, Math.min(from, range.to - width));
  return { from: start, to: start + width, top: Math.max(0, top) };
}
