import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  filteredNodes,
  type HistoryNode,
  historyNodes,
  historyRow,
  rowsBelow,
  switchTooltip,
} from '../../extension/model/history-rows.ts';
import { HistoryStore } from '../../extension/model/history-store.ts';
import type { SwitchRow } from '../../runtime/src/protocol/snapshot.ts';

const NAMES = ['hub', 'main #1', 'foo #2', 'bar #3'];
const label = (id: number) => NAMES[id] ?? `#${id}`;

describe('folding the history', () => {
  it('asks for the newest row again, since it may have been completed', () => {
    const store = new HistoryStore(100);
    assert.equal(store.since, 0);
    fold(store, [row(1, 1, 2), row(2, 2, 0)]);
    assert.equal(store.since, 1);
    fold(store, [row(2, 2, 3), row(3, 3, 2)]);
    assert.deepEqual(labels(historyNodes(store)), [
      '#3 bar #3 → foo #2',
      '#2 foo #2 → bar #3',
      '#1 main #1 → foo #2',
    ]);
  });

  it('forgets first what it has read first', () => {
    const store = new HistoryStore(3);
    fold(store, rows(1, 5));
    assert.deepEqual(
      store.range(1, 5).map(({ seq }) => seq),
      [5, 4, 3],
    );
  });

  it('knows what it has to ask for', () => {
    const store = new HistoryStore(1000);
    fold(store, rows(901, 1000), 100);
    assert.deepEqual(store.missing(201, 300), { since: 200, before: 301, limit: 100 });
    assert.deepEqual(store.missing(1, 150), { since: 100, before: 151, limit: 50 });
    assert.equal(store.missing(901, 1000), undefined);
    fold(store, rows(201, 300), 100, 1000);
    assert.equal(store.missing(201, 300), undefined);
    assert.equal(store.newest, 1000);
  });

  it('stays as it is when there is nothing new', () => {
    const store = new HistoryStore(3);
    fold(store, rows(1, 2));
    fold(store, [], 0, 2);
    assert.deepEqual(
      store.range(1, 2).map(({ seq }) => seq),
      [2, 1],
    );
  });

  it('keeps the names that the greenlets had', () => {
    const store = new HistoryStore(3);
    fold(store, rows(1, 1));
    const answer = { switches: rows(2, 2), dropped: 0, newest: 2, reasons: [] };
    store.fold(answer, (id) => `#${id}`);
    assert.deepEqual(labels(historyNodes(store)), ['#2 #1 → #2', '#1 main #1 → foo #2']);
  });

  it('has the unbroken run of the newest rows after the end', () => {
    const store = new HistoryStore(1000);
    fold(store, rows(1, 50), 0, 300);
    fold(store, rows(250, 300), 0, 300);
    store.close();
    assert.equal(store.oldest, 250);
  });

  it('finds the newest rows by greenlet and by reason', () => {
    const store = new HistoryStore(1000);
    fold(store, [row(1, 1, 2), { ...row(2, 2, 3), reason: 'join' }, row(3, 3, 1), row(4, 2, 1)]);
    const found = (filter: object, limit = 10) =>
      store.matching(filter, limit).map(({ seq }) => seq);
    assert.deepEqual(found({ greenlet: 2 }), [4, 2, 1]);
    assert.deepEqual(found({ greenlet: 2 }, 2), [4, 2]);
    assert.deepEqual(found({ greenlet: 2, reason: 'join' }), [2]);
  });
});

describe('the rows of the history', () => {
  it('show who, to whom, why, how long and where', () => {
    const store = new HistoryStore(10);
    fold(store, [{ ...row(1, 2, 3), duration: 0.0012 }]);
    const [node] = historyNodes(store);
    assert(node?.kind === 'switch');
    assert.deepEqual(historyRow(node), {
      label: '#1 foo #2 → bar #3',
      description: 'sleep · 1.2 ms · main.ts:7',
    });
    assert.deepEqual(switchTooltip(node.row).split('\n'), [
      'at 0.250000 s: foo #2 stopped running (sleep)',
      'after it had run for 1.2 ms',
      'then bar #3 ran',
      '/home/me/main.ts:7:3',
    ]);
  });

  it('have no place where the switch has none', () => {
    const store = new HistoryStore(10);
    fold(store, [{ ...row(1, 0, 2), reason: 'wake', source: '', line: 0, column: 0 }]);
    const [node] = historyNodes(store);
    assert(node !== undefined);
    assert.deepEqual(historyRow(node), { label: '#1 hub → foo #2', description: 'wake' });
  });

  it('stand in blocks beyond the newest hundred', () => {
    const store = new HistoryStore(1000);
    fold(store, rows(1, 350));
    const nodes = historyNodes(store);
    assert.equal(nodes.filter((node) => node.kind === 'switch').length, 151);
    assert.deepEqual(labels(nodes.slice(151)), ['#199 … #100', '#99 … #1']);
    const opened = historyNodes(store, nodes[151]);
    assert.equal(opened.length, 100);
    assert.equal(opened[0]?.key, 'switch 199');
  });

  it('are paged over a million switches, of which few are known', () => {
    const store = new HistoryStore(1000);
    fold(store, rows(1_999_801, 2_000_000), 1_000_000, 2_000_000);
    const top = historyNodes(store);
    assert.deepEqual(rowsBelow(store), { first: 1_999_900, last: 2_000_000 });
    const blocks = top.filter((node) => node.kind === 'block');
    assert.equal(blocks.length, 100);
    const inner = historyNodes(store, blocks[50]);
    assert.equal(inner.length, 100);
    assert.equal(rowsBelow(store, blocks[50]), undefined);
    const page = inner[3];
    assert(page?.kind === 'block');
    assert.equal(page.last - page.first, 99);
    assert.equal(rowsBelow(store, page), page);
    assert.deepEqual(historyNodes(store, page), [], 'until they have been asked for');
    const covered = blocks.map(({ first, last }) => last - first + 1).reduce((a, b) => a + b);
    assert.equal(covered, 1_000_000 - 101, 'no switch is left out');
    assert.equal(
      historyRow(top.at(-1) as HistoryNode).description,
      '1000000 older switches are no longer kept',
    );
  });

  it('of a filter end with a way to more', () => {
    const store = new HistoryStore(10);
    fold(store, rows(1, 3));
    const found = store.matching({ greenlet: 1 }, 2);
    assert.deepEqual(
      filteredNodes(found, true).map(({ kind }) => kind),
      ['switch', 'switch', 'more'],
    );
    assert.equal(filteredNodes(found, false).length, 2);
  });

  it('are none without switches', () => {
    assert.deepEqual(historyNodes(new HistoryStore(2)), []);
  });
});

function fold(store: HistoryStore, switches: SwitchRow[], dropped = 0, newest?: number): void {
  const last = newest ?? switches.at(-1)?.seq ?? 0;
  store.fold({ switches, dropped, newest: last, reasons: ['sleep'] }, label);
}

function row(seq: number, from: number, to: number): SwitchRow {
  const place = { source: '/home/me/main.ts', line: 7, column: 3 };
  return { seq, time: 0.25, from, to, reason: 'sleep', ...place };
}

function rows(first: number, last: number): SwitchRow[] {
  return Array.from({ length: last - first + 1 }, (_, index) => row(first + index, 1, 2));
}

function labels(nodes: HistoryNode[]): string[] {
  return nodes.map((node) => historyRow(node).label);
}
