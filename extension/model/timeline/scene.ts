/**
 * The picture: what is in sight, as calls of a surface (a canvas, or SVG). Pure: the same trace and the same viewport give the same
 * calls. What is narrower than a pixel is summed up a pixel at a time: the box has the state that lasted longest, and a bar
 * from below says which part of the time the greenlet ran.
 */

import { PACKED_CAUSE, PACKED_TO } from '../../../runtime/src/protocol/packed.ts';
import type { MarkKind } from '../../../runtime/src/protocol/snapshot.ts';
import { type Axis, timeText } from './axis.ts';
import type { Lane, Lanes } from './lanes.ts';
import { LANE_STATES, type LaneState, stateNumber } from './states.ts';
import { LANE_HEIGHT, type Viewport } from './viewport.ts';

/** The width of the lanes' names. */
export const NAMES_WIDTH = 160;
/** The height of the scale above the lanes. */
export const SCALE_HEIGHT = 24;
const GAP = 4;
const BOX = LANE_HEIGHT - GAP;
/** With more turns in sight, arrows would cover everything: only those of the selected greenlet are drawn. */
const MOST_ARROWS = 400;
const MOST_OWN_ARROWS = 2000;
/** So many pixels lie between two lines of the scale, at least. */
const TICK_DISTANCE = 90;

export interface Surface {
  /** A box in the look of a state. */
  box(state: LaneState, x: number, y: number, width: number, height: number): void;
  /** From who woke to who was woken. */
  arrow(x1: number, y1: number, x2: number, y2: number, isOwn: boolean): void;
  mark(kind: MarkKind, x: number, y: number): void;
  /** A line of the scale, with its text. */
  tick(x: number, text: string): void;
  /** A lane's name; the selected one is marked. */
  name(text: string, y: number, isSelected: boolean): void;
  /** What is looked at: a lane's stretch. */
  frame(x: number, y: number, width: number, height: number): void;
}

export interface Scene {
  lanes: Lanes;
  axis: Axis;
  view: Viewport;
  /** Of the whole picture, in pixels. */
  width: number;
  height: number;
  /** The selected greenlet. */
  selected?: number;
  /** The stretch that the keyboard is at: the index of a lane's change. */
  cursor?: number;
  showArrows: boolean;
}

/** Draws what is in sight. */
export function paint(scene: Scene, surface: Surface): void {
  const { lanes, view, height } = scene;
  ticks(scene, surface);
  const first = Math.max(0, Math.floor(view.top / LANE_HEIGHT));
  const end = Math.min(
    lanes.list.length,
    Math.ceil((view.top + height - SCALE_HEIGHT) / LANE_HEIGHT),
  );
  for (let index = first; index < end; index++) {
    const lane = lanes.list[index] as Lane;
    const y = laneY(scene, index);
    surface.name(lanes.trace.label(lane.id), y + LANE_HEIGHT / 2, lane.id === scene.selected);
    boxes(scene, lane, y + GAP / 2, surface);
  }
  if (scene.showArrows) arrows(scene, surface);
  for (let index = first; index < end; index++) {
    marks(scene, lanes.list[index] as Lane, laneY(scene, index) + LANE_HEIGHT / 2, surface);
  }
  cursorFrame(scene, surface);
}

/** The pixel of a place on the axis. */
export function xOf({ view, width }: Scene, value: number): number {
  const plot = width - NAMES_WIDTH;
  return NAMES_WIDTH + ((value - view.from) / (view.to - view.from)) * plot;
}

/** The place on the axis at a pixel. */
export function valueAt({ view, width }: Scene, x: number): number {
  const plot = width - NAMES_WIDTH;
  return view.from + ((x - NAMES_WIDTH) / plot) * (view.to - view.from);
}

/** The upper edge of a lane. */
export function laneY({ view }: Scene, index: number): number {
  return SCALE_HEIGHT + index * LANE_HEIGHT - view.top;
}

/** What is at a pixel: a lane, and of its changes the one that is in force there (-1: none yet). */
export function hit(scene: Scene, x: number, y: number): { lane: Lane; index: number } | undefined {
  if (y < SCALE_HEIGHT) return undefined;
  const lane = scene.lanes.list[Math.floor((y - SCALE_HEIGHT + scene.view.top) / LANE_HEIGHT)];
  if (lane === undefined) return undefined;
  const isName = x < NAMES_WIDTH;
  const position = scene.axis.position(valueAt(scene, x));
  return { lane, index: isName ? -1 : lane.at(position) };
}

function boxes(scene: Scene, lane: Lane, y: number, surface: Surface): void {
  const { axis, view, width, lanes } = scene;
  const { positions, states, count } = lane;
  if (count === 0) return;
  const last = axis.position(view.to);
  const column = new Column(surface, y);
  const scale = (width - NAMES_WIDTH) / (view.to - view.from);
  const offset = NAMES_WIDTH - view.from * scale;
  let at = Math.max(0, lane.at(axis.position(view.from)));
  let x = Math.max(NAMES_WIDTH, offset + axis.value(positions[at] as number) * scale);
  for (; at < count && (positions[at] as number) <= last; at++) {
    const next = at + 1 < count ? (positions[at + 1] as number) : lanes.trace.last;
    const end = Math.min(width, offset + axis.value(next) * scale);
    column.add(states[at] as number, x, Math.max(x, end));
    x = Math.max(x, end);
  }
  column.finish();
}

const RUNNING = stateNumber('running');
const WITHOUT_BOX = new Set(
  (['none', 'finished', 'failed', 'killed'] as const).map((state) => stateNumber(state)),
);

/** How many heights the bars have that say which part of the time a greenlet ran. */
const LEVELS = 6;

/** Columns side by side that look the same. */
interface Run {
  /** -1: there is none. */
  state: number;
  x: number;
  width: number;
  height: number;
}

/** Sums up what is narrower than a pixel. */
class Column {
  private readonly surface: Surface;
  private readonly y: number;
  private readonly weights = new Float64Array(LANE_STATES.length);
  /** The pixel that is being summed up; -1: none. */
  private pixel = -1;
  private readonly below: Run = { state: -1, x: 0, width: 0, height: 0 };
  private readonly bar: Run = { state: -1, x: 0, width: 0, height: 0 };

  constructor(surface: Surface, y: number) {
    this.surface = surface;
    this.y = y;
  }

  /** A state lasts from `x` to `end`. */
  add(state: number, x: number, end: number): void {
    const first = Math.floor(x);
    const last = Math.floor(end);
    if (this.pixel >= 0 && first !== this.pixel) this.flush();
    if (first === last) {
      this.pixel = first;
      // Also what takes no time has happened.
      this.weights[state] = (this.weights[state] as number) + Math.max(end - x, 1e-9);
      return;
    }
    if (this.pixel >= 0) {
      this.weights[state] = (this.weights[state] as number) + (first + 1 - x);
      this.flush();
      if (last > first + 1) this.draw(state, first + 1, last - first - 1);
    } else if (last > first) {
      this.draw(state, x, last - x);
    }
    if (end > last) {
      this.pixel = last;
      this.weights[state] = (this.weights[state] as number) + (end - last);
    }
  }

  flush(): void {
    const { weights, pixel } = this;
    if (pixel < 0) return;
    this.pixel = -1;
    let sum = 0;
    let longest = -1;
    for (let state = 0; state < weights.length; state++) {
      const weight = weights[state] as number;
      sum += weight;
      const isLonger = longest < 0 || weight > (weights[longest] as number);
      if (weight > 0 && state !== RUNNING && isLonger) longest = state;
    }
    const running = weights[RUNNING] as number;
    weights.fill(0);
    const part = longest < 0 ? 1 : running / sum;
    const height = running === 0 ? 0 : Math.max(1, Math.round(part * LEVELS)) * (BOX / LEVELS);
    if (longest >= 0) this.extend(this.below, longest, pixel, BOX);
    if (height > 0) this.extend(this.bar, RUNNING, pixel, height);
  }

  /** All columns have been added. */
  finish(): void {
    this.flush();
    this.put(this.below);
    this.put(this.bar);
  }

  /** Columns that look the same become one box: a frame has thousands of them. */
  private extend(run: Run, state: number, pixel: number, height: number): void {
    if (run.state === state && run.height === height && run.x + run.width === pixel) {
      run.width++;
      return;
    }
    this.put(run);
    Object.assign(run, { state, x: pixel, width: 1, height });
  }

  private put(run: Run): void {
    const { state, x, width, height } = run;
    run.state = -1;
    if (state < 0 || WITHOUT_BOX.has(state)) return;
    const y = this.y + BOX - height;
    this.surface.box(LANE_STATES[state] as LaneState, x, y, width, height);
  }

  private draw(state: number, x: number, width: number): void {
    this.put(this.below);
    this.put(this.bar);
    if (WITHOUT_BOX.has(state)) return;
    this.surface.box(LANE_STATES[state] as LaneState, x, this.y, width, BOX);
  }
}

function arrows(scene: Scene, surface: Surface): void {
  const { lanes, axis, view, selected } = scene;
  const { trace } = lanes;
  const first = Math.max(trace.first, Math.floor(axis.position(view.from)));
  const last = Math.min(trace.last, Math.ceil(axis.position(view.to)));
  const isFew = last - first <= MOST_ARROWS;
  if (!isFew && selected === undefined) return;
  const rows = new Map(lanes.list.map((lane, index) => [lane.id, index]));
  const middle = (id: number) => laneY(scene, rows.get(id) ?? 0) + LANE_HEIGHT / 2;
  let own = 0;
  for (let seq = first; seq <= last && own < MOST_OWN_ARROWS; seq++) {
    const wake = wakeOf(lanes, seq);
    if (wake === undefined) continue;
    const isOwn = wake.by === selected || wake.to === selected;
    if (!isFew && !isOwn) continue;
    own++;
    const x1 = xOf(scene, axis.value(wake.at));
    const x2 = xOf(scene, axis.value(seq));
    const [y1, y2] = [middle(wake.by), middle(wake.to)];
    if (Math.max(y1, y2) < SCALE_HEIGHT || Math.min(y1, y2) > scene.height) continue;
    surface.arrow(Math.max(NAMES_WIDTH, x1), y1, x2, y2, isOwn);
  }
}

/** Who woke the greenlet that a row leads to, and where; undefined where nobody did, or it is not known. */
export function wakeOf(
  lanes: Lanes,
  seq: number,
): { by: number; to: number; at: number } | undefined {
  const { trace } = lanes;
  const cause = trace.number(seq, PACKED_CAUSE);
  const to = trace.number(seq, PACKED_TO);
  if (cause <= 0 || !trace.has(cause) || to === 0) return undefined;
  const by = trace.number(cause, 0);
  if (by === to || by === 0) return undefined;
  // What woke it before it parked has not ended this wait.
  const lane = lanes.get(to);
  const before = lane === undefined ? -1 : lane.at(seq - 0.5);
  const isStale = lane !== undefined && before >= 0 && lane.stateAt(before) === 'running';
  return isStale ? undefined : { by, to, at: cause };
}

function marks(scene: Scene, lane: Lane, y: number, surface: Surface): void {
  const { axis, view } = scene;
  const last = new Map<MarkKind, number>();
  const from = axis.position(view.from) - 1;
  for (let at = firstMark(lane, from); at < lane.marks.length; at++) {
    const mark = lane.marks[at] as Lane['marks'][number];
    const x = xOf(scene, axis.value(Math.max(scene.lanes.trace.first - 1, mark.turn)));
    if (x > scene.width) break;
    // One for those that would cover each other.
    if (x < NAMES_WIDTH - 1 || x - (last.get(mark.kind) ?? Number.NEGATIVE_INFINITY) < 6) continue;
    last.set(mark.kind, x);
    surface.mark(mark.kind, x, y);
  }
}

function firstMark({ marks }: Lane, turn: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle] as Lane['marks'][number]).turn < turn) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cursorFrame(scene: Scene, surface: Surface): void {
  const { lanes, axis, selected, cursor } = scene;
  const index = lanes.list.findIndex((lane) => lane.id === selected);
  const lane = lanes.list[index];
  if (lane === undefined || cursor === undefined || cursor < 0 || cursor >= lane.count) return;
  const x = Math.max(NAMES_WIDTH, xOf(scene, axis.value(lane.positions[cursor] as number)));
  const end = Math.min(scene.width, xOf(scene, axis.value(lane.endOf(cursor, lanes.trace.last))));
  if (end >= NAMES_WIDTH && x <= scene.width)
    surface.frame(x, laneY(scene, index) + 1, Math.max(2, end - x), LANE_HEIGHT - 2);
}

function ticks(scene: Scene, surface: Surface): void {
  const { axis, view, width } = scene;
  const count = Math.max(1, Math.floor((width - NAMES_WIDTH) / TICK_DISTANCE));
  const rough = (view.to - view.from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10;
  const isCount = axis.kind === 'switch';
  const step = isCount ? Math.max(1, Math.round(factor * power)) : factor * power;
  for (let n = Math.ceil(view.from / step); n * step <= view.to; n++) {
    const value = n * step;
    surface.tick(xOf(scene, value), isCount ? String(Math.round(value)) : timeText(value));
  }
}
