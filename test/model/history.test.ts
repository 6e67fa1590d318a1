import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type HistoryNode,
  historyNodes,
  historyRow,
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
    store.fold(
      { switches: [row(1, 1, 2), row(2, 2, 0)], dropped: 0, newest: 0, reasons: [] },
      label,
    );
    assert.equal(store.since, 1);
    store.fold(
      { switches: [row(2, 2, 3), row(3, 3, 2)], dropped: 0, newest: 0, reasons: [] },
      label,
    );
    assert.deepEqual(labels(historyNodes(store)), [
      '#3 bar #3 → foo #2',
      '#2 foo #2 → bar #3',
      '#1 main #1 → foo #2',
    ]);
  });

  it('keeps the newest ones', () => {
    const store = new HistoryStore(3);
    store.fold({ switches: rows(1, 5), dropped: 0, newest: 0, reasons: [] }, label);
    assert.deepEqual(store.sequence, [3, 4, 5]);
    assert.equal(store.dropped, 2);
    assert.equal(store.get(4)?.seq, 4);
  });

  it('forgets what an answer does not join on to', () => {
    const store = new HistoryStore(3);
    store.fold({ switches: rows(1, 2), dropped: 0, newest: 0, reasons: [] }, label);
    store.fold({ switches: rows(50, 51), dropped: 0, newest: 0, reasons: [] }, label);
    assert.deepEqual(store.sequence, [50, 51]);
  });

  it('stays as it is when there is nothing new', () => {
    const store = new HistoryStore(3);
    store.fold({ switches: rows(1, 2), dropped: 0, newest: 0, reasons: [] }, label);
    store.fold({ switches: [], dropped: 0, newest: 0, reasons: [] }, label);
    assert.deepEqual(store.sequence, [1, 2]);
  });

  it('keeps the names that the greenlets had', () => {
    const store = new HistoryStore(3);
    store.fold({ switches: rows(1, 1), dropped: 0, newest: 0, reasons: [] }, label);
    store.fold({ switches: rows(2, 2), dropped: 0, newest: 0, reasons: [] }, (id) => `#${id}`);
    assert.deepEqual(labels(historyNodes(store)), ['#2 #1 → #2', '#1 main #1 → foo #2']);
  });
});

describe('the rows of the history', () => {
  it('show who, to whom, why and where', () => {
    const store = new HistoryStore(10);
    store.fold({ switches: [row(1, 2, 3)], dropped: 0, newest: 0, reasons: [] }, label);
    const [node] = historyNodes(store);
    assert(node?.kind === 'switch');
    assert.deepEqual(historyRow(node), {
      label: '#1 foo #2 → bar #3',
      description: 'sleep  main.ts:7',
    });
    const text = 'foo #2 stopped running (sleep), then bar #3 ran\nat /home/me/main.ts:7:3';
    assert.equal(switchTooltip(node.row), `0.250000 s: ${text}`);
  });

  it('have no place where the switch has none', () => {
    const store = new HistoryStore(10);
    const wake = { ...row(1, 0, 2), reason: 'wake', source: '', line: 0, column: 0 };
    store.fold({ switches: [wake], dropped: 0, newest: 0, reasons: [] }, label);
    const [node] = historyNodes(store);
    assert(node !== undefined);
    assert.deepEqual(historyRow(node), { label: '#1 hub → foo #2', description: 'wake' });
  });

  it('stand in blocks beyond the newest hundred', () => {
    const store = new HistoryStore(1000);
    store.fold({ switches: rows(1, 350), dropped: 0, newest: 0, reasons: [] }, label);
    const nodes = historyNodes(store);
    assert.equal(nodes.filter((node) => node.kind === 'switch').length, 151);
    assert.deepEqual(labels(nodes.slice(151)), ['#199 … #100', '#99 … #1']);
    const opened = historyNodes(store, nodes[151]);
    assert.equal(opened.length, 100);
    assert.equal(opened[0]?.key, 'switch 199');
  });

  it('end with how many are no longer kept', () => {
    const store = new HistoryStore(2);
    store.fold({ switches: rows(1, 10), dropped: 0, newest: 0, reasons: [] }, label);
    const last = historyNodes(store).at(-1);
    assert(last !== undefined);
    assert.equal(historyRow(last).description, '8 older switches are no longer kept');
  });

  it('are none without switches', () => {
    assert.deepEqual(historyNodes(new HistoryStore(2)), []);
  });
});

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
