/**
 * The lanes: for each greenlet the positions at which its state changed. Position `p` is the moment between turn `p` and the next one, so
 * turn `p` lies from `p - 1` to `p`. Rows are taken in as they come; nothing is computed twice.
 */

import { PACKED_CAUSE, PACKED_TO } from '../../../runtime/src/protocol/packed.ts';
import type { Mark } from '../../../runtime/src/protocol/snapshot.ts';
import { LANE_STATES, type LaneState, stateAfter, stateNumber } from './states.ts';
import type { Trace } from './trace.ts';

const HUB = 0;
const MICROSECONDS = 1e6;
const FIRST_CAPACITY = 16;

/** One greenlet's changes of state. */
export class Lane {
  readonly id: number;
  /** How many changes there are. */
  count = 0;
  /** Where they are, ascending. */
  positions = new Float64Array(FIRST_CAPACITY);
  /** The numbers of the states that begin there. */
  states = new Uint8Array(FIRST_CAPACITY);
  readonly marks: Mark[] = [];
  /** Where it last stopped running. */
  left = 0;
  isFrozen = false;
  /** The state below the ice. */
  thawed: LaneState = 'ready';

  constructor(id: number) {
    this.id = id;
  }

  /** A state begins. One that lasts for no time is replaced. */
  change(position: number, state: LaneState): void {
    if (this.count > 0 && (this.positions[this.count - 1] as number) >= position) this.count--;
    if (this.count === this.positions.length) this.grow();
    this.positions[this.count] = position;
    this.states[this.count++] = stateNumber(state);
  }

  /** The index of the change that a position belongs to; -1 before the first. */
  at(position: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.positions[middle] as number) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  stateAt(index: number): LaneState {
    return LANE_STATES[this.states[index] as number] ?? 'none';
  }

  /** Where the state with this index ends; `end` for the newest. */
  endOf(index: number, end: number): number {
    return index + 1 < this.count ? (this.positions[index + 1] as number) : end;
  }

  private grow(): void {
    const positions = new Float64Array(this.count * 2);
    positions.set(this.positions);
    this.positions = positions;
    const states = new Uint8Array(this.count * 2);
    states.set(this.states);
    this.states = states;
  }
}

export class Lanes {
  readonly trace: Trace;
  private byId = new Map<number, Lane>();
  private generation = 0;
  /** The rows whose first halves, and whose second halves, have been taken in. */
  private begun = 0;
  private completed = 0;
  private marked = 0;
  private ordered: Lane[] = [];

  constructor(trace: Trace) {
    this.trace = trace;
    this.clear();
  }

  get(id: number): Lane | undefined {
    return this.byId.get(id);
  }

  /** All lanes: the hub, then the greenlets in the order of their tree. */
  get list(): readonly Lane[] {
    if (this.ordered.length !== this.byId.size) this.ordered = this.inOrder();
    return this.ordered;
  }

  /** Takes in what is new in the trace. */
  update(): void {
    const { trace } = this;
    if (this.generation !== trace.generation) this.clear();
    for (const id of trace.greenlets.keys()) this.lane(id);
    const { marks, last } = trace;
    for (let seq = this.completed + 1; seq <= last; seq++) {
      this.takeMarks(seq);
      if (seq > this.begun) this.begin(seq);
      // The newest row may not be complete yet.
      if (seq === last && trace.number(seq, PACKED_TO) === HUB) break;
      this.complete(seq);
    }
    if (last >= trace.first && this.marked < marks.length) this.takeMarks(last);
  }

  private clear(): void {
    this.generation = this.trace.generation;
    this.byId = new Map([[HUB, new Lane(HUB)]]);
    this.ordered = [];
    this.begun = this.trace.first - 1;
    this.completed = this.begun;
    this.marked = 0;
  }

  private lane(id: number): Lane {
    let lane = this.byId.get(id);
    if (lane === undefined) {
      lane = new Lane(id);
      this.byId.set(id, lane);
    }
    return lane;
  }

  /** Its first half: somebody has stopped running. */
  private begin(seq: number): void {
    this.begun = seq;
    const { trace } = this;
    const lane = this.lane(trace.number(seq, 0));
    if (lane.count === 0) lane.change(seq - 1, lane.id === HUB ? 'polling' : 'running');
    lane.left = seq;
    if (lane.id === HUB) {
      lane.change(seq, 'none');
      return;
    }
    const hasFailed = lane.marks.at(-1)?.kind === 'error' && lane.marks.at(-1)?.turn === seq;
    const reason = trace.reason(seq);
    const state = reason === 'exit' && hasFailed ? 'failed' : stateAfter(reason);
    lane.thawed = state;
    lane.change(seq, lane.isFrozen ? 'frozen' : state);
  }

  /** Its second half: somebody else runs. */
  private complete(seq: number): void {
    this.completed = seq;
    const { trace } = this;
    const lane = this.lane(trace.number(seq, PACKED_TO));
    if (lane.id === HUB) {
      lane.change(seq, 'polling');
      return;
    }
    const ready = this.readySince(seq);
    if (ready !== undefined && lane.count > 0 && !lane.isFrozen) {
      const since = Math.max(ready, lane.left, lane.positions[lane.count - 1] as number);
      if (since < seq) lane.change(since, 'ready');
    }
    lane.change(seq, 'running');
  }

  /** Where the greenlet that a row leads to was woken; undefined where nobody knows. */
  private readySince(seq: number): number | undefined {
    const { trace } = this;
    const cause = trace.number(seq, PACKED_CAUSE);
    if (cause > 0) return cause;
    if (cause === 0) return undefined;
    return positionOf(trace, (trace.times[seq - trace.first] as number) + cause / MICROSECONDS);
  }

  private takeMarks(seq: number): void {
    const { marks, first } = this.trace;
    for (; this.marked < marks.length; this.marked++) {
      const mark = marks[this.marked] as Mark;
      if (mark.turn > seq) return;
      const lane = this.lane(mark.greenlet);
      const position = Math.max(first - 1, mark.turn);
      lane.marks.push(mark);
      if (mark.kind === 'spawn' && lane.count === 0) lane.change(position, 'ready');
      if (mark.kind === 'freeze') {
        lane.isFrozen = true;
        if (lane.count > 0) lane.thawed = lane.stateAt(lane.count - 1);
        if (lane.thawed !== 'running') lane.change(position, 'frozen');
      }
      if (mark.kind === 'thaw') {
        lane.isFrozen = false;
        if (lane.stateAt(lane.count - 1) === 'frozen') lane.change(position, lane.thawed);
      }
    }
  }

  private inOrder(): Lane[] {
    const children = new Map<number, number[]>();
    const { greenlets } = this.trace;
    for (const id of [...this.byId.keys()].sort((a, b) => a - b)) {
      if (id === HUB) continue;
      const spawner = greenlets.get(id)?.spawner;
      const parent = spawner != null && spawner !== id && this.byId.has(spawner) ? spawner : HUB;
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [id]);
      else siblings.push(id);
    }
    const list: Lane[] = [];
    // Not by recursion: a chain of spawners may be long.
    const stack = [HUB];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      list.push(this.byId.get(id) as Lane);
      stack.push(...(children.get(id) ?? []).reverse());
      children.delete(id);
    }
    return list;
  }
}

/** The position of a time of the hub's clock, between the rows. */
export function positionOf(trace: Trace, time: number, times: Float64Array = trace.times): number {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  // Row `low` is the first that is later.
  const before = low === 0 ? (trace.dropped > 0 ? (times[0] ?? 0) : 0) : (times[low - 1] as number);
  const after = low === trace.length ? before : (times[low] as number);
  const part = after > before ? Math.min(1, Math.max(0, (time - before) / (after - before))) : 0;
  return trace.first - 1 + low + part;
}
