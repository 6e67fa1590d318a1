/** What stands beside the picture: the selected greenlet's figures, and its stretches as a table that screen readers read. */

import * as l10n from '@vscode/l10n';
import { timeText } from '../model/timeline/axis.ts';
import type { Lane, Lanes } from '../model/timeline/lanes.ts';
import { stateText } from '../model/timeline/states.ts';
import { fileName, type Histogram, histogramOf, stretchOf } from '../model/timeline/stretches.ts';

/** How many rows the table has at once. */
const ROWS = 50;

export class Details {
  readonly element = document.createElement('aside');
  private readonly choose: (index: number) => void;
  private shown: { lane: Lane; first: number } | undefined;

  /** @param choose the user wants to look at a stretch, by its index in the lane. */
  constructor(choose: (index: number) => void) {
    this.choose = choose;
    this.element.id = 'details';
  }

  /** Shows a greenlet; its rows begin near a stretch. */
  show(lanes: Lanes, lane: Lane | undefined, cursor: number): void {
    if (lane === undefined) {
      this.shown = undefined;
      const hint = make('p', l10n.t('Choose a greenlet to see how long it ran and waited.'));
      this.element.replaceChildren(hint);
      return;
    }
    const { shown } = this;
    const isIn = shown?.lane === lane && cursor >= shown.first && cursor < shown.first + ROWS;
    const first = isIn ? shown.first : Math.max(0, Math.min(cursor - 2, lane.count - ROWS));
    this.shown = { lane, first };
    this.element.replaceChildren(
      make('h2', lanes.trace.label(lane.id)),
      figures(l10n.t('Run times'), histogramOf(lanes, lane, 'running')),
      figures(l10n.t('Ready times'), histogramOf(lanes, lane, 'ready')),
      this.table(lanes, lane, first, cursor),
      this.pages(lanes, lane, first, cursor),
    );
  }

  private table(lanes: Lanes, lane: Lane, first: number, cursor: number): HTMLElement {
    const table = document.createElement('table');
    const caption = l10n.t('States of {0}', lanes.trace.label(lane.id));
    table.append(make('caption', caption));
    const head = table.createTHead().insertRow();
    for (const text of [
      l10n.t('Switch'),
      l10n.t('State'),
      l10n.t('From'),
      l10n.t('Duration'),
      l10n.t('Call'),
      l10n.t('Place'),
    ]) {
      const cell = make('th', text);
      cell.scope = 'col';
      head.append(cell);
    }
    const body = table.createTBody();
    for (let index = first; index < Math.min(lane.count, first + ROWS); index++) {
      const stretch = stretchOf(lanes, lane, index);
      if (stretch === undefined) continue;
      const row = body.insertRow();
      const place = stretch.place && `${fileName(stretch.place.path)}:${stretch.place.line}`;
      const by = stretch.by === '' ? '' : l10n.t('woken by {0}', stretch.by);
      row.insertCell().textContent = String(stretch.seq);
      row.insertCell().textContent = stateText(stretch.state);
      row.insertCell().textContent = timeText(stretch.start);
      row.insertCell().textContent = timeText(stretch.duration);
      row.insertCell().textContent = [stretch.reason, by].filter((text) => text !== '').join(', ');
      const button = make('button', place ?? '–');
      button.ariaLabel = l10n.t('Go to switch {0}', stretch.seq);
      button.addEventListener('click', () => this.choose(index));
      row.insertCell().append(button);
      if (index === cursor) row.setAttribute('aria-current', 'true');
    }
    return table;
  }

  private pages(lanes: Lanes, lane: Lane, first: number, cursor: number): HTMLElement {
    const turn = (by: number) => () => {
      const to = Math.max(0, Math.min(first + by, Math.max(0, lane.count - ROWS)));
      this.shown = { lane, first: to };
      this.show(lanes, lane, Math.max(to, Math.min(cursor, to + ROWS - 1)));
    };
    const back = make('button', l10n.t('Earlier'));
    const on = make('button', l10n.t('Later'));
    back.disabled = first === 0;
    on.disabled = first + ROWS >= lane.count;
    back.addEventListener('click', turn(-ROWS));
    on.addEventListener('click', turn(ROWS));
    const line = document.createElement('div');
    line.append(back, on);
    return line;
  }
}

function figures(title: string, histogram: Histogram | undefined): HTMLElement {
  const section = document.createElement('section');
  section.append(make('h3', title));
  if (histogram === undefined) {
    section.append(make('p', l10n.t('none')));
    return section;
  }
  const { count, sum, median, p95, longest, bars } = histogram;
  const summary =
    count === 1
      ? l10n.t('once, for {0}', timeText(sum))
      : l10n.t(
          '{0} times, {1} in all; half of them up to {2}, 95 % up to {3}, the longest {4}',
          count,
          timeText(sum),
          timeText(median),
          timeText(p95),
          timeText(longest),
        );
  section.append(make('p', summary));
  const list = document.createElement('ol');
  list.className = 'histogram';
  const most = Math.max(...bars.map((bar) => bar.count));
  for (const { below, count: inBar } of bars) {
    const item = document.createElement('li');
    const label = make('span', l10n.t('below {0}', timeText(below)));
    const meter = document.createElement('meter');
    meter.max = most;
    meter.value = inBar;
    meter.ariaLabel = label.textContent;
    item.append(label, meter, make('span', String(inBar)));
    list.append(item);
  }
  section.append(list);
  return section;
}

/** An element with a text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
