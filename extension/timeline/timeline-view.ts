/** The timeline: the picture, what is selected in it, and how mouse and keyboard move it. */

import * as l10n from '@vscode/l10n';
import { Axis } from '../model/timeline/axis.ts';
import { type Lane, Lanes } from '../model/timeline/lanes.ts';
import {
  type ExportFormat,
  FIRST_STATE,
  type FromPage,
  type TimelineState,
} from '../model/timeline/messages.ts';
import {
  hit,
  NAMES_WIDTH,
  paint,
  SCALE_HEIGHT,
  type Scene,
  valueAt,
} from '../model/timeline/scene.ts';
import { stretchOf, stretchText } from '../model/timeline/stretches.ts';
import { toSvg } from '../model/timeline/svg.ts';
import { Trace, type TraceChunk } from '../model/timeline/trace.ts';
import {
  fitted,
  following,
  LANE_HEIGHT,
  panned,
  type Viewport,
  withLane,
  withPlace,
  zoomed,
} from '../model/timeline/viewport.ts';
import { CanvasSurface, timelineCanvas } from './canvas-surface.ts';
import { Details } from './details.ts';
import { KEYS } from './keys.ts';
import { readColors } from './theme.ts';
import { legend, toolbar } from './toolbar.ts';

export class TimelineView {
  readonly element = document.createElement('main');
  private readonly canvas = timelineCanvas();
  private readonly status = document.createElement('div');
  private readonly hover = document.createElement('div');
  private readonly details = new Details((index) => this.choose(this.selectedLane(), index, true));
  private readonly tell: (said: FromPage) => void;
  private readonly surface: CanvasSurface;
  private colors = readColors();
  private state: TimelineState;
  private trace = new Trace();
  private lanes = new Lanes(this.trace);
  private view: Viewport | null;
  private cursor = -1;
  /** What is to be looked at once its rows are here. */
  private wanted: { greenlet: number; seq: number | null } | undefined;
  private drag: { x: number; y: number; view: Viewport; hasMoved: boolean } | undefined;
  private isDrawing = false;

  constructor(state: TimelineState | undefined, isLive: boolean, tell: (said: FromPage) => void) {
    this.state = { ...FIRST_STATE, ...state };
    this.view = this.state.view;
    this.tell = tell;
    const { canvas, status, hover } = this;
    status.id = 'status';
    status.setAttribute('role', 'status');
    status.ariaLive = 'polite';
    hover.id = 'hover';
    hover.hidden = true;
    const plot = document.createElement('div');
    plot.id = 'plot';
    plot.append(canvas, hover);
    const middle = document.createElement('div');
    middle.id = 'middle';
    middle.append(plot, this.details.element);
    this.element.append(this.bar(isLive), legend(this.colors), middle, status);
    this.surface = new CanvasSurface(canvas, this.colors);
    this.details.element.hidden = !this.state.showTable;
    this.details.show(this.lanes, undefined, -1);
    this.listen(plot);
  }

  /** Takes in rows. */
  take(chunk: TraceChunk, isLast: boolean): void {
    const before = new Axis(this.state.axis, this.trace).range;
    const wasFitted = this.view === null || this.showsAll(before);
    this.trace.append(chunk);
    if (!isLast) return;
    this.lanes.update();
    const range = this.range();
    if (this.view === null || (wasFitted && this.state.view === null)) this.view = fitted(range);
    else if (this.state.follows && this.view.to >= before.to)
      this.view = following(this.view, range);
    if (this.wanted !== undefined) this.look(this.wanted.greenlet, this.wanted.seq);
    else if (this.state.selected !== null && this.cursor < 0) this.look(this.state.selected, null);
    this.say(this.summary());
    this.showDetails();
    this.draw();
  }

  /** Another run begins. */
  clear(): void {
    this.trace = new Trace();
    this.lanes = new Lanes(this.trace);
    this.view = null;
    this.state = { ...this.state, view: null, selected: null };
    this.cursor = -1;
    this.draw();
  }

  /** Looks at a greenlet, and where `seq` is given at the moment after that switch. */
  look(greenlet: number, seq: number | null): void {
    const lane = this.lanes.get(greenlet);
    if (lane === undefined || this.view === null) {
      this.wanted = { greenlet, seq };
      return;
    }
    this.wanted = undefined;
    this.state = { ...this.state, selected: greenlet };
    this.cursor = seq === null ? lane.count - 1 : lane.at(seq);
    this.show(lane, seq !== null);
  }

  /** Shows a sentence below the picture; screen readers say it. */
  say(text: string): void {
    this.status.textContent = text;
  }

  /** The page has another size, or another theme. */
  resize(): void {
    const { canvas } = this;
    const { clientWidth, clientHeight } = canvas.parentElement as HTMLElement;
    const ratio = window.devicePixelRatio;
    canvas.width = Math.max(1, Math.round(clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    canvas.style.width = `${clientWidth}px`;
    canvas.style.height = `${clientHeight}px`;
    this.draw();
  }

  private bar(isLive: boolean): HTMLElement {
    return toolbar(this.state, isLive, {
      setAxis: (axis) => this.setAxis(axis),
      zoom: (factor) => this.zoom(factor),
      fit: () => this.fit(),
      setFollowing: (follows) => this.set({ follows }),
      setArrows: (showArrows) => this.set({ showArrows }),
      setTable: (showTable) => {
        this.set({ showTable });
        this.details.element.hidden = !showTable;
        this.resize();
      },
      save: (format) => void this.save(format),
    });
  }

  private set(change: Partial<TimelineState>): void {
    this.state = { ...this.state, ...change };
    this.tell({ kind: 'state', state: this.state });
    this.draw();
  }

  private setAxis(axis: TimelineState['axis']): void {
    const { view } = this;
    const old = new Axis(this.state.axis, this.trace);
    this.state = { ...this.state, axis };
    if (view !== null) {
      // The same turns stay in sight.
      const now = new Axis(axis, this.trace);
      const [from, to] = [view.from, view.to].map((each) => now.value(old.position(each)));
      if (from !== undefined && to !== undefined && to > from) this.move({ ...view, from, to });
      else this.fit();
    }
    this.set({ axis });
  }

  private zoom(factor: number, around?: number): void {
    const { view } = this;
    if (view === null) return;
    this.move(zoomed(view, factor, around ?? this.focus(view), this.range()));
  }

  /** What stays where it is in a zoom by keyboard. */
  private focus(view: Viewport): number {
    const at = this.selectedLane()?.positions[this.cursor];
    const value = at === undefined ? undefined : this.axis().value(at);
    const isSeen = value !== undefined && value >= view.from && value <= view.to;
    return isSeen ? value : (view.from + view.to) / 2;
  }

  private fit(): void {
    this.view = fitted(this.range());
    this.set({ view: null });
  }

  private move(view: Viewport): void {
    const lowest = this.lanes.list.length * LANE_HEIGHT - LANE_HEIGHT;
    this.view = { ...view, top: Math.min(view.top, Math.max(0, lowest)) };
    this.set({ view: this.view });
  }

  private listen(plot: HTMLElement): void {
    const { canvas } = this;
    new ResizeObserver(() => this.resize()).observe(plot);
    new MutationObserver(() => this.useTheme()).observe(document.body, {
      attributes: true,
      attributeFilter: ['class'],
    });
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('pointerdown', (event) => {
      if (this.view === null) return;
      canvas.setPointerCapture(event.pointerId);
      this.drag = { x: event.offsetX, y: event.offsetY, view: this.view, hasMoved: false };
    });
    canvas.addEventListener('pointermove', (event) => this.point(event));
    canvas.addEventListener('pointerup', (event) => {
      if (this.drag?.hasMoved === false) this.click(event.offsetX, event.offsetY);
      this.drag = undefined;
    });
    canvas.addEventListener('pointerleave', () => {
      this.hover.hidden = true;
    });
    canvas.addEventListener('dblclick', (event) =>
      this.zoom(4, valueAt(this.scene(), event.offsetX)),
    );
    canvas.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.key(event.key)) return;
      event.preventDefault();
    });
  }

  private useTheme(): void {
    this.colors = readColors();
    this.surface.useColors(this.colors);
    this.element.querySelector('#legend')?.replaceWith(legend(this.colors));
    this.draw();
  }

  private wheel(event: WheelEvent): void {
    const { view } = this;
    if (view === null) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      this.zoom(1.002 ** -event.deltaY, valueAt(this.scene(), event.offsetX));
      return;
    }
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    const width = this.canvas.clientWidth - NAMES_WIDTH;
    this.move(panned(view, sideways / width, event.shiftKey ? 0 : event.deltaY, this.range()));
  }

  private point({ offsetX, offsetY }: PointerEvent): void {
    const { drag } = this;
    if (drag !== undefined) {
      const [right, down] = [offsetX - drag.x, offsetY - drag.y];
      if (Math.abs(right) + Math.abs(down) > 4) drag.hasMoved = true;
      if (!drag.hasMoved) return;
      const width = this.canvas.clientWidth - NAMES_WIDTH;
      this.move(panned(drag.view, -right / width, -down, this.range()));
      return;
    }
    const found = hit(this.scene(), offsetX, offsetY);
    const stretch = found && stretchOf(this.lanes, found.lane, found.index);
    this.hover.hidden = stretch === undefined;
    if (stretch === undefined) return;
    this.hover.textContent = stretchText(this.lanes, stretch);
    this.hover.style.left = `${Math.min(offsetX + 12, this.canvas.clientWidth - 320)}px`;
    this.hover.style.top = `${offsetY + 16}px`;
  }

  private click(x: number, y: number): void {
    const found = hit(this.scene(), x, y);
    if (found === undefined) return;
    const index = x < NAMES_WIDTH ? found.lane.count - 1 : found.index;
    this.choose(found.lane, index, true);
  }

  /** The user chooses a stretch; the source is shown where that is wanted. */
  private choose(lane: Lane | undefined, index: number, reveals: boolean): void {
    if (lane === undefined) return;
    this.state = { ...this.state, selected: lane.id };
    this.cursor = index;
    this.show(lane, true);
    const stretch = stretchOf(this.lanes, lane, index);
    const place = reveals ? (stretch?.place ?? null) : null;
    this.tell({ kind: 'select', greenlet: lane.id, seq: stretch?.seq ?? null, place });
  }

  private show(lane: Lane, movesThere: boolean): void {
    const { view, cursor } = this;
    if (view === null) return;
    const height = this.canvas.clientHeight - SCALE_HEIGHT;
    let next = withLane(view, this.lanes.list.indexOf(lane), height);
    const at = lane.positions[cursor];
    if (movesThere && cursor >= 0 && at !== undefined)
      next = withPlace(next, this.axis().value(at), this.range());
    const hasMoved = next.from !== view.from || next.top !== view.top;
    if (hasMoved) this.move(next);
    else this.set({});
    const stretch = stretchOf(this.lanes, lane, cursor);
    this.say(stretch === undefined ? this.trace.label(lane.id) : stretchText(this.lanes, stretch));
    this.showDetails();
    this.draw();
  }

  /** @returns whether the key is one of the timeline's. */
  private key(key: string): boolean {
    const action = KEYS[key];
    if (this.view === null || action === undefined) return false;
    const lane = this.selectedLane();
    if (action.kind === 'zoom') this.zoom(action.by);
    else if (action.kind === 'fit') this.fit();
    else if (action.kind === 'pan') this.move(panned(this.view, action.by, 0, this.range()));
    else if (action.kind === 'go') this.choose(lane, this.cursor, true);
    else if (action.kind === 'lane') this.chooseLane(lane, action.by);
    else if (lane !== undefined) {
      const index = Math.max(0, Math.min(lane.count - 1, this.cursor + action.by));
      this.choose(lane, index, false);
    }
    return true;
  }

  /** Goes up or down, and stays at the same moment. */
  private chooseLane(lane: Lane | undefined, by: number): void {
    const { list } = this.lanes;
    const index = lane === undefined ? -1 : list.indexOf(lane);
    const to = list[index + by] ?? lane ?? list[0];
    const at = lane?.positions[this.cursor];
    if (to !== undefined) this.choose(to, at === undefined ? to.count - 1 : to.at(at), false);
  }

  private async save(format: ExportFormat): Promise<void> {
    if (format === 'svg') {
      this.tell({ kind: 'save', format, content: toSvg(this.scene(), this.colors) });
    } else if (format === 'png') {
      this.drawNow();
      const blob = await new Promise<Blob | null>((done) => this.canvas.toBlob(done, 'image/png'));
      if (blob === null) return;
      this.tell({ kind: 'save', format, content: new Uint8Array(await blob.arrayBuffer()) });
    } else this.tell({ kind: 'save', format });
  }

  private showDetails(): void {
    if (this.state.showTable) this.details.show(this.lanes, this.selectedLane(), this.cursor);
  }

  private summary(): string {
    const { length, dropped } = this.trace;
    const text = l10n.t('{0} switches, {1} greenlets', length, this.lanes.list.length - 1);
    return dropped === 0
      ? text
      : `${text}; ${l10n.t('{0} earlier switches are not kept', dropped)}`;
  }

  private showsAll({ from, to }: { from: number; to: number }): boolean {
    return this.view !== null && this.view.from <= from && this.view.to >= to;
  }

  private selectedLane(): Lane | undefined {
    const { selected } = this.state;
    return selected === null ? undefined : this.lanes.get(selected);
  }

  private axis(): Axis {
    return new Axis(this.state.axis, this.trace);
  }

  private range(): { from: number; to: number } {
    const { from, to } = this.axis().range;
    return to > from ? { from, to } : { from, to: from + 1 };
  }

  private scene(): Scene {
    return {
      lanes: this.lanes,
      axis: this.axis(),
      view: this.view ?? fitted({ from: 0, to: 1 }),
      width: this.canvas.clientWidth,
      height: this.canvas.clientHeight,
      selected: this.state.selected ?? undefined,
      cursor: this.cursor,
      showArrows: this.state.showArrows,
    };
  }

  private draw(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.drawNow();
    });
  }

  private drawNow(): void {
    const scene = this.scene();
    this.surface.begin(scene.width, scene.height, window.devicePixelRatio);
    if (this.trace.length > 0) paint(scene, this.surface);
    this.surface.end();
  }
}
