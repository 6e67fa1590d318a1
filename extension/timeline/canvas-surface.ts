/** The picture on a canvas. Boxes are collected by state and drawn together: a frame has thousands of them. */

import * as l10n from '@vscode/l10n';
import type { MarkKind } from '../../runtime/src/protocol/snapshot.ts';
import { NAMES_WIDTH, SCALE_HEIGHT, type Surface } from '../model/timeline/scene.ts';
import { BOXED, type LaneState, PATTERNS } from '../model/timeline/states.ts';
import { type Colors, MARK_PATHS, PATTERN_PATHS } from '../model/timeline/svg.ts';

/** Below this width a pattern cannot be seen. */
const PATTERNED = 6;
const ARROW = 6;

export class CanvasSurface implements Surface {
  private readonly context: CanvasRenderingContext2D;
  private colors: Colors;
  private width = 0;
  private height = 0;
  private readonly plain = new Map<LaneState, number[]>();
  private readonly patterned = new Map<LaneState, number[]>();
  private readonly patterns = new Map<LaneState, CanvasPattern>();
  private readonly later: (() => void)[] = [];

  constructor(canvas: HTMLCanvasElement, colors: Colors) {
    this.context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
    this.colors = colors;
  }

  useColors(colors: Colors): void {
    this.colors = colors;
    this.patterns.clear();
  }

  /** Begins a picture of this size, in CSS pixels. */
  begin(width: number, height: number, ratio: number): void {
    const { context } = this;
    this.width = width;
    this.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.colors.background;
    context.fillRect(0, 0, width, height);
    context.font = '12px sans-serif';
    for (const list of [...this.plain.values(), ...this.patterned.values()]) list.length = 0;
    this.later.length = 0;
  }

  /** Draws what has been collected. */
  end(): void {
    const { context, width, height } = this;
    context.save();
    context.beginPath();
    context.rect(NAMES_WIDTH, SCALE_HEIGHT, width - NAMES_WIDTH, height - SCALE_HEIGHT);
    context.clip();
    for (const state of BOXED) {
      this.fill(this.plain.get(state), this.colors.states[state] as string);
      this.fill(this.patterned.get(state), this.patternOf(state));
    }
    for (const draw of this.later) draw();
    context.restore();
  }

  box(state: LaneState, x: number, y: number, width: number, height: number): void {
    const into = width < PATTERNED ? this.plain : this.patterned;
    const list = into.get(state);
    // A gap between boxes that can be told apart; those that cannot leave none.
    const shown = width > 3 ? width - 1 : width;
    if (list === undefined) into.set(state, [x, y, shown, height]);
    else list.push(x, y, shown, height);
  }

  arrow(x1: number, y1: number, x2: number, y2: number, isOwn: boolean): void {
    this.later.push(() => {
      const { context, colors } = this;
      context.strokeStyle = isOwn ? colors.selected : colors.foreground;
      context.fillStyle = context.strokeStyle;
      context.globalAlpha = isOwn ? 1 : 0.6;
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      context.stroke();
      const angle = Math.atan2(y2 - y1, x2 - x1);
      context.beginPath();
      context.moveTo(x2, y2);
      context.lineTo(x2 - ARROW * Math.cos(angle - 0.4), y2 - ARROW * Math.sin(angle - 0.4));
      context.lineTo(x2 - ARROW * Math.cos(angle + 0.4), y2 - ARROW * Math.sin(angle + 0.4));
      context.fill();
      context.globalAlpha = 1;
    });
  }

  mark(kind: MarkKind, x: number, y: number): void {
    this.later.push(() => {
      const { context, colors } = this;
      context.save();
      context.translate(x, y);
      const path = new Path2D(MARK_PATHS[kind]);
      // A rim, so that a mark is seen on a box of its own color.
      context.strokeStyle = colors.background;
      context.lineWidth = 4;
      context.stroke(path);
      context.strokeStyle = colors.marks[kind];
      context.fillStyle = colors.marks[kind];
      context.lineWidth = 1.5;
      context.stroke(path);
      context.fill(path);
      context.restore();
    });
  }

  tick(x: number, text: string): void {
    const { context, colors } = this;
    context.fillStyle = colors.line;
    context.fillRect(Math.round(x), SCALE_HEIGHT - 6, 1, this.height);
    context.fillStyle = colors.dim;
    context.fillText(text, x + 3, SCALE_HEIGHT - 9);
  }

  name(text: string, y: number, isSelected: boolean): void {
    const { context, colors } = this;
    if (y < SCALE_HEIGHT) return;
    context.save();
    context.beginPath();
    context.rect(0, SCALE_HEIGHT, NAMES_WIDTH - 6, this.height);
    context.clip();
    context.fillStyle = isSelected ? colors.selected : colors.foreground;
    context.font = `${isSelected ? 'bold ' : ''}12px sans-serif`;
    context.fillText(text, 8, y + 4);
    context.restore();
  }

  frame(x: number, y: number, width: number, height: number): void {
    this.later.push(() => {
      this.context.strokeStyle = this.colors.selected;
      this.context.lineWidth = 2;
      this.context.strokeRect(x, y, width, height);
    });
  }

  private fill(boxes: number[] | undefined, style: string | CanvasPattern): void {
    if (boxes === undefined || boxes.length === 0) return;
    const { context } = this;
    context.fillStyle = style;
    for (let i = 0; i < boxes.length; i += 4) {
      context.fillRect(
        boxes[i] as number,
        boxes[i + 1] as number,
        boxes[i + 2] as number,
        boxes[i + 3] as number,
      );
    }
  }

  private patternOf(state: LaneState): CanvasPattern | string {
    const known = this.patterns.get(state);
    if (known !== undefined) return known;
    const tile = document.createElement('canvas');
    tile.width = 8;
    tile.height = 8;
    const context = tile.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = this.colors.states[state] as string;
    context.fillRect(0, 0, 8, 8);
    context.strokeStyle = this.colors.background;
    context.lineWidth = 1.2;
    context.stroke(new Path2D(PATTERN_PATHS[PATTERNS[state]]));
    const pattern = this.context.createPattern(tile, 'repeat');
    if (pattern === null) return this.colors.states[state] as string;
    this.patterns.set(state, pattern);
    return pattern;
  }
}

/** The canvas, as keyboards and screen readers find it. */
export function timelineCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', l10n.t('timeline'));
  canvas.ariaLabel = l10n.t(
    'Timeline of greenlets. Up and down choose a greenlet, left and right one of its states, Enter goes to the source, plus and minus zoom, 0 shows everything.',
  );
  return canvas;
}
