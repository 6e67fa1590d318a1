import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blockRow, greenletRow, greenletTooltip } from '../../extension/model/greenlet-row.ts';
import { GreenletStore } from '../../extension/model/greenlet-store.ts';
import {
  childNodes,
  greenletNode,
  parentNode,
  type TreeNode,
} from '../../extension/model/greenlet-tree.ts';
import type { GreenletInfo } from '../../runtime/src/protocol/snapshot.ts';

const NOW = { time: 0, hub: { ready: 0, timers: 0, nextTimer: null } };

describe('folding snapshots', () => {
  it('files greenlets under their spawners, in the order of ids', () => {
    const store = stored(greenlet(1, null), greenlet(2, 1), greenlet(3, 2), greenlet(4, 1));
    assert.deepEqual(outline(store), ['1', '  2', '    3', '  4']);
  });

  it('takes in deltas: new ones, changed ones, removed ones', () => {
    const store = stored(greenlet(1, null), greenlet(2, 1), greenlet(3, 1));
    store.fold({
      ...NOW,
      version: 2,
      greenlets: [{ ...greenlet(3, 1), state: 'ready' }, greenlet(4, 3)],
      removed: [2],
    });
    assert.deepEqual(outline(store), ['1', '  3', '    4']);
    assert.equal(store.get(3)?.state, 'ready');
    assert.equal(store.version, 2);
  });

  it('keeps the children of a removed greenlet, as roots', () => {
    const store = stored(greenlet(1, null), greenlet(2, 1), greenlet(3, 2));
    store.fold({ ...NOW, version: 2, greenlets: [], removed: [2] });
    assert.deepEqual(outline(store), ['1', '3']);
    store.fold({ ...NOW, version: 3, greenlets: [{ ...greenlet(3, 2), state: 'ready' }] });
    assert.deepEqual(outline(store), ['1', '3']);
  });

  it('makes a greenlet whose spawner is not known a root', () => {
    assert.deepEqual(outline(stored(greenlet(1, null), greenlet(7, 5))), ['1', '7']);
  });

  it('starts afresh after clear', () => {
    const store = stored(greenlet(1, null), greenlet(2, 1));
    store.clear();
    assert.equal(store.version, undefined);
    store.fold({ ...NOW, version: 9, greenlets: [greenlet(1, null)] });
    assert.deepEqual(outline(store), ['1']);
  });
});

describe('a large forest', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => greenlet(index + 2, 1));
  const store = stored(greenlet(1, null), ...many);

  it('shows a hundred or so rows on every level', () => {
    const [main] = childNodes(store);
    const blocks = childNodes(store, main);
    assert.equal(blocks.length, 101);
    assert.equal(blocks[1]?.kind, 'block');
    const members = childNodes(store, blocks[1]);
    assert.deepEqual(members, range(100, 199).map(greenletNode));
  });

  it('says what is in a block', () => {
    const block = childNodes(store, childNodes(store)[0])[0];
    assert(block?.kind === 'block');
    store.fold({ ...NOW, version: 2, greenlets: [{ ...greenlet(5, 1), state: 'failed' }] });
    assert.deepEqual(blockRow(store, block.block), {
      label: '#2 … #99',
      description: '97 waiting, 1 failed',
    });
  });

  it('knows the way from a row up to the root', () => {
    assert.deepEqual(wayUp(store, greenletNode(150)), ['block 1 100 100', 'greenlet 1']);
  });

  it('cuts a million into blocks of blocks', () => {
    const million = new GreenletStore();
    const workers = Array.from({ length: 1_000_000 }, (_, index) => greenlet(index + 2, 1));
    million.fold({ ...NOW, version: 1, greenlets: [greenlet(1, null), ...workers] });
    const outer = childNodes(million, greenletNode(1));
    assert.equal(outer.length, 101);
    assert.equal(childNodes(million, outer[1]).length, 100);
    assert.deepEqual(wayUp(million, greenletNode(12_345)), [
      'block 1 100 12300',
      'block 1 10000 10000',
      'greenlet 1',
    ]);
  });
});

describe('rows', () => {
  const location = { path: '/home/me/main.ts', line: 12, column: 3, function: 'foo' };
  const store = stored(
    { ...greenlet(1, null), name: 'main' },
    { ...greenlet(2, 1), name: 'foo' },
    { ...greenlet(3, 1), name: 'bar' },
  );
  const description = (change: Partial<GreenletInfo>) =>
    greenletRow(store, { ...greenlet(3, 1), name: 'bar', ...change }).description;

  it('say what a greenlet waits for, and where', () => {
    const waitingOn = { kind: 'joinAll', name: 'foo #2' };
    assert.deepEqual(greenletRow(store, { ...greenlet(3, 1), name: 'bar', waitingOn, location }), {
      label: 'bar #3',
      description: 'waiting: joinAll (foo #2) — main.ts:12',
    });
  });

  it('leave out what is not there', () => {
    assert.equal(description({ state: 'created', waitingOn: null }), 'created');
    assert.equal(description({ waitingOn: { kind: 'select', name: '' } }), 'waiting: select');
    assert.equal(description({ state: 'finished', value: 'undefined' }), 'finished');
  });

  it('name the holder of what is waited for', () => {
    const waitingOn = { kind: 'acquire', name: 'lock', owner: 2 };
    assert.equal(description({ waitingOn }), 'waiting: acquire (lock), held by foo #2');
  });

  it('show results and errors in one line', () => {
    assert.equal(description({ state: 'finished', value: '42' }), 'finished: 42');
    const exception = 'Error: bad\n    at foo';
    assert.equal(description({ state: 'failed', exception }), 'failed: Error: bad …');
  });

  it('have a tooltip with all that is known', () => {
    const text = greenletTooltip(store, { ...greenlet(3, 1), name: 'bar', location, switches: 2 });
    assert.deepEqual(text.split('\n'), [
      'bar #3: waiting',
      'in foo at /home/me/main.ts:12:3',
      'spawned by main #1',
      'has given way 2 times',
    ]);
  });

  it('read Windows paths too', () => {
    const windows = { ...location, path: 'C:\\work\\main.ts' };
    assert.equal(description({ state: 'running', location: windows }), 'running — main.ts:12');
  });
});

function greenlet(id: number, spawner: number | null): GreenletInfo {
  const rest = { waitingOn: null, location: null, switches: 0 };
  return { id, name: 'worker', state: 'waiting', spawner, ...rest };
}

function stored(...greenlets: GreenletInfo[]): GreenletStore {
  const store = new GreenletStore();
  store.fold({ ...NOW, version: 1, greenlets });
  return store;
}

/** The forest as indented ids. */
function outline(store: GreenletStore, node?: TreeNode, indent = ''): string[] {
  return childNodes(store, node).flatMap((child) => {
    assert(child.kind === 'greenlet');
    return [`${indent}${child.id}`, ...outline(store, child, `${indent}  `)];
  });
}

function wayUp(store: GreenletStore, node: TreeNode): string[] {
  const above = parentNode(store, node);
  return above === undefined ? [] : [above.key, ...wayUp(store, above)];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
