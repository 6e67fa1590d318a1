/** The picture as SVG: a file of its own, in the colors of the theme. */

import type { MarkKind } from '../../../runtime/src/protocol/snapshot.ts';
import { NAMES_WIDTH, paint, SCALE_HEIGHT, type Scene, type Surface } from './scene.ts';
import { BOXED, type LaneState, PATTERNS, type Pattern } from './states.ts';

/** What a theme has: CSS colors. */
export interface Colors {
  background: string;
  foreground: string;
  dim: string;
  line: string;
  selected: string;
  states: Readonly<Record<string, string>>;
  marks: Readonly<Record<MarkKind, string>>;
}

/** The strokes of a pattern in a square of 8, as an SVG path. */
export const PATTERN_PATHS: Readonly<Record<Pattern, string>> = {
  solid: '',
  rising: 'M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6',
  falling: 'M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2',
  dots: 'M1.5 2 h1.5 M5.5 6 h1.5',
  vertical: 'M2 0 V8 M6 0 V8',
  cross: 'M0 8 L8 0 M0 0 L8 8',
  horizontal: 'M0 2 H8 M0 6 H8',
  grid: 'M4 0 V8 M0 4 H8',
};

/** The strokes of a mark around its middle, as an SVG path; each has a shape of its own. */
export const MARK_PATHS: Readonly<Record<MarkKind, string>> = {
  spawn: 'M-3 -5 L4 0 L-3 5 Z',
  kill: 'M-4 -4 L4 4 M4 -4 L-4 4',
  timeout: 'M0 -5 L5 0 L0 5 L-5 0 Z',
  error: 'M0 -6 L6 5 L-6 5 Z',
  freeze: 'M0 -5 V5 M-4 -3 L4 3 M-4 3 L4 -3',
  thaw: 'M-4 -4 H4 V4 H-4 Z',
};

/** Draws a scene as the text of an SVG file. */
export function toSvg(scene: Scene, colors: Colors): string {
  const surface = new SvgSurface(colors, scene.height);
  paint(scene, surface);
  const { width, height } = scene;
  const patterns = BOXED.map((state) => patternOf(state, colors)).join('');
  const plot = `<clipPath id="plot"><rect x="${NAMES_WIDTH}" y="${SCALE_HEIGHT}" width="${width - NAMES_WIDTH}" height="${height - SCALE_HEIGHT}"/></clipPath>`;
  const head = `<path id="head" d="M0 0 L-6 -3 L-6 3 Z"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<defs>${plot}${head}${patterns}</defs>`,
    `<rect width="100%" height="100%" fill="${colors.background}"/>`,
    surface.outside.join('\n'),
    `<g clip-path="url(#plot)">`,
    surface.inside.join('\n'),
    '</g>',
    '</svg>\n',
  ].join('\n');
}

function patternOf(state: LaneState, { states, background }: Colors): string {
  const path = PATTERN_PATHS[PATTERNS[state]];
  const strokes =
    path && `<path d="${path}" stroke="${background}" stroke-width="1.2" fill="none"/>`;
  return `<pattern id="${state}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${states[state]}"/>${strokes}</pattern>`;
}

class SvgSurface implements Surface {
  /** What is clipped to the lanes, and what is not. */
  readonly inside: string[] = [];
  readonly outside: string[] = [];
  private readonly colors: Colors;
  private readonly height: number;

  constructor(colors: Colors, height: number) {
    this.colors = colors;
    this.height = height;
  }

  box(state: LaneState, x: number, y: number, width: number, height: number): void {
    const place = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
    this.inside.push(`<rect class="${state}" ${place} fill="url(#${state})"/>`);
  }

  arrow(x1: number, y1: number, x2: number, y2: number, isOwn: boolean): void {
    const color = isOwn ? this.colors.selected : this.colors.foreground;
    const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    this.inside.push(
      `<g class="arrow" stroke="${color}" fill="${color}" opacity="${isOwn ? 1 : 0.6}"><path d="M${n(x1)} ${n(y1)} L${n(x2)} ${n(y2)}"/><use href="#head" transform="translate(${n(x2)} ${n(y2)}) rotate(${n(angle)})"/></g>`,
    );
  }

  mark(kind: MarkKind, x: number, y: number): void {
    const color = this.colors.marks[kind];
    this.inside.push(
      `<path class="mark ${kind}" transform="translate(${n(x)} ${n(y)})" d="${MARK_PATHS[kind]}" stroke="${color}" fill="${color}" stroke-width="1.5"><title>${kind}</title></path>`,
    );
  }

  tick(x: number, text: string): void {
    const { line, dim } = this.colors;
    this.outside.push(
      `<path d="M${n(x)} ${SCALE_HEIGHT - 6} V${this.height}" stroke="${line}"/><text x="${n(x + 3)}" y="${SCALE_HEIGHT - 9}" fill="${dim}">${escaped(text)}</text>`,
    );
  }

  name(text: string, y: number, isSelected: boolean): void {
    const color = isSelected ? this.colors.selected : this.colors.foreground;
    this.outside.push(
      `<text x="8" y="${n(y + 4)}" fill="${color}"${isSelected ? ' font-weight="bold"' : ''}>${escaped(text)}</text>`,
    );
  }

  frame(x: number, y: number, width: number, height: number): void {
    this.inside.push(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="none" stroke="${this.colors.selected}" stroke-width="2"/>`,
    );
  }
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
