/** The buttons above the picture, and the legend. */

import * as l10n from '@vscode/l10n';
import { AXES, type AxisKind } from '../model/timeline/axis.ts';
import type { ExportFormat } from '../model/timeline/messages.ts';
import { BOXED, PATTERNS, stateText } from '../model/timeline/states.ts';
import { type Colors, PATTERN_PATHS } from '../model/timeline/svg.ts';
import { make } from './details.ts';

/** What the buttons do. */
export interface ToolbarActions {
  setAxis(kind: AxisKind): void;
  zoom(factor: number): void;
  fit(): void;
  setFollowing(on: boolean): void;
  setArrows(on: boolean): void;
  setTable(on: boolean): void;
  save(format: ExportFormat): void;
}

/** The switches' states. */
export interface ToolbarState {
  axis: AxisKind;
  follows: boolean;
  showArrows: boolean;
  showTable: boolean;
}

const FORMATS: readonly ExportFormat[] = ['svg', 'png', 'json', 'chrome', 'csv'];

/** Makes it. */
export function toolbar(state: ToolbarState, isLive: boolean, act: ToolbarActions): HTMLElement {
  const bar = document.createElement('div');
  bar.id = 'toolbar';
  bar.role = 'toolbar';
  bar.ariaLabel = l10n.t('Timeline');
  const axes = document.createElement('select');
  axes.id = 'axis';
  axes.ariaLabel = l10n.t('Horizontal axis');
  for (const kind of AXES) axes.add(new Option(axisText(kind), kind, false, kind === state.axis));
  axes.addEventListener('change', () => act.setAxis(axes.value as AxisKind));
  const formats = document.createElement('select');
  formats.id = 'export';
  formats.ariaLabel = l10n.t('Export');
  formats.add(new Option(l10n.t('Export…'), ''));
  for (const format of FORMATS) formats.add(new Option(formatText(format), format));
  formats.addEventListener('change', () => {
    if (formats.value !== '') act.save(formats.value as ExportFormat);
    formats.value = '';
  });
  bar.append(
    axes,
    button('zoom-out', '−', l10n.t('Zoom out'), () => act.zoom(1 / 1.5)),
    button('zoom-in', '+', l10n.t('Zoom in'), () => act.zoom(1.5)),
    button('fit', l10n.t('Fit'), l10n.t('Show everything'), act.fit),
    ...(isLive
      ? [toggle('follow', l10n.t('Follow'), state.follows, (on) => act.setFollowing(on))]
      : []),
    toggle('arrows', l10n.t('Arrows'), state.showArrows, (on) => act.setArrows(on)),
    toggle('table', l10n.t('Details'), state.showTable, (on) => act.setTable(on)),
    formats,
  );
  return bar;
}

/** The states with their looks. */
export function legend(colors: Colors): HTMLElement {
  const list = document.createElement('ul');
  list.id = 'legend';
  list.ariaLabel = l10n.t('Legend');
  for (const state of BOXED) {
    const item = make('li', stateText(state));
    const sample = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    sample.setAttribute('width', '16');
    sample.setAttribute('height', '8');
    sample.setAttribute('aria-hidden', 'true');
    for (const x of [0, 8]) {
      const tile = document.createElementNS(sample.namespaceURI, 'path');
      tile.setAttribute('d', 'M0 0 H8 V8 H0 Z');
      tile.setAttribute('fill', colors.states[state] as string);
      const strokes = document.createElementNS(sample.namespaceURI, 'path');
      strokes.setAttribute('d', PATTERN_PATHS[PATTERNS[state]]);
      strokes.setAttribute('stroke', colors.background);
      strokes.setAttribute('fill', 'none');
      for (const each of [tile, strokes]) each.setAttribute('transform', `translate(${x} 0)`);
      sample.append(tile, strokes);
    }
    item.prepend(sample);
    list.append(item);
  }
  return list;
}

function button(id: string, text: string, title: string, act: () => void): HTMLButtonElement {
  const element = make('button', text);
  element.id = id;
  element.title = title;
  element.ariaLabel = title;
  element.addEventListener('click', act);
  return element;
}

function toggle(
  id: string,
  text: string,
  isOn: boolean,
  set: (on: boolean) => void,
): HTMLButtonElement {
  const element = button(id, text, text, () => {
    const on = element.ariaPressed !== 'true';
    element.ariaPressed = String(on);
    set(on);
  });
  element.ariaPressed = String(isOn);
  return element;
}

function axisText(kind: AxisKind): string {
  if (kind === 'switch') return l10n.t('By switch');
  return kind === 'wall' ? l10n.t('Wall time') : l10n.t("Virtual time (the program's clock)");
}

function formatText(format: ExportFormat): string {
  if (format === 'chrome') return l10n.t('Perfetto (Chrome trace)');
  return format.toUpperCase();
}
