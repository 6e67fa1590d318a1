import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  forestText,
  greenletRow,
  greenletText,
  greenletTooltip,
  treeRow,
} from '../../extension/model/greenlet-row.ts';
import { GreenletStore } from '../../extension/model/greenlet-store.ts';
import { GreenletTree, type TreeNode } from '../../extension/model/greenlet-tree.ts';
import { filterText, PLAIN_OPTIONS, type TreeOptions } from '../../extension/model/tree-options.ts';
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
  const many = Array.from({ length: 10_000 }, (_, index) => worker(index + 2));
  const store = stored(greenlet(1, null), ...many);
  const tree = treeOf(store);

  it('shows a hundred or so rows on every level', () => {
    const [main] = tree.children();
    const blocks = tree.children(main);
    assert.equal(blocks.length, 101);
    assert.deepEqual(treeRow(store, blocks[1] as TreeNode), {
      label: '#100 … #199',
      description: '100 waiting',
    });
    assert.deepEqual(tree.children(blocks[1]).map(text), ids(100, 199));
  });

  it('knows the way from a row up to the root', () => {
    assert.deepEqual(wayUp(tree.find(150)), ['block greenlet 1 100 100', 'greenlet 1']);
  });

  it('cuts a million into blocks of blocks', () => {
    const million = new GreenletStore();
    const workers = Array.from({ length: 1_000_000 }, (_, index) => worker(index + 2));
    million.fold({ ...NOW, version: 1, greenlets: [greenlet(1, null), ...workers] });
    const large = treeOf(million);
    const outer = large.children(large.find(1));
    assert.equal(outer.length, 101);
    assert.equal(large.children(outer[1]).length, 100);
    assert.equal(wayUp(large.find(12_345)).length, 3);
  });

  it('is small where siblings are identical', () => {
    const same = Array.from({ length: 10_000 }, (_, index) => greenlet(index + 2, 1));
    const merged = treeOf(stored(greenlet(1, null), ...same), {}, new Set([5]));
    const rows = merged.children(merged.find(1));
    assert.deepEqual(rows.map(text), ['×9999 from 2', '5']);
    assert.deepEqual(wayUp(merged.find(777)).slice(1), ['merged 2', 'greenlet 1']);
  });
});

describe('groups and filters', () => {
  const at = (fn: string) => ({ path: '/p/main.ts', line: 3, column: 1, function: fn });
  const on = (kind: string, name: string) => ({ kind, name });
  const store = stored(
    { ...greenlet(1, null), name: 'main', location: at('<module>'), waitingOn: on('joinAll', '') },
    { ...greenlet(2, 1), location: at('fetch'), waitingOn: on('Queue.get', 'jobs') },
    { ...greenlet(3, 1), location: at('fetch'), waitingOn: on('sleep', '0.5') },
    { ...greenlet(4, 3), name: 'helper', state: 'ready', location: at('fetch') },
    { ...greenlet(5, 1), state: 'finished', value: '42' },
    { ...greenlet(6, 1), state: 'waiting', name: 'map', internal: true },
  );

  it('show what a helper of the runtime has spawned, in its place', () => {
    const helped = stored(
      greenlet(1, null),
      { ...greenlet(2, 1), internal: true },
      { ...greenlet(3, 2), state: 'ready' },
    );
    assert.deepEqual(outline(helped), ['1', '  3']);
    assert.deepEqual(wayUp(treeOf(helped).find(3)), ['greenlet 1']);
    assert.deepEqual(outline(helped, { showsInternal: true }), ['hub', '1', '  2', '    3']);
  });

  it('hide the helpers of the runtime, and the hub, unless they are wanted', () => {
    assert.deepEqual(outline(store), ['1', '  2', '  3', '    4', '  5']);
    assert.deepEqual(outline(store, { showsInternal: true }), [
      'hub',
      '1',
      '  2',
      '  3',
      '    4',
      '  5',
      '  6',
    ]);
  });

  it('group by state, by function, by what is waited for', () => {
    const groups = (groupBy: TreeOptions['groupBy']) => outline(store, { groupBy });
    assert.deepEqual(groups('state'), [
      ...['ready', '  4', 'waiting', '  1', '  2', '  3', 'finished', '  5'],
    ]);
    assert.deepEqual(groups('function'), [
      ...['fetch', '  2', '  3', '  4', '<module>', '  1', 'worker', '  5'],
    ]);
    assert.deepEqual(groups('wait'), [
      ...['joinAll', '  1', 'Queue.get (jobs)', '  2', 'sleep', '  3', 'not waiting', '  4', '  5'],
    ]);
  });

  it('keep those above a greenlet that is wanted', () => {
    assert.deepEqual(outline(store, { text: 'HELPER' }), ['1', '  3', '    4']);
    const tree = treeOf(store, { text: 'helper' });
    assert.deepEqual([tree.isWanted(4), tree.isWanted(3), tree.size], [true, false, 1]);
    assert.equal(tree.find(2), undefined);
  });

  it('search names, functions, files, waits, results and states', () => {
    for (const [text, found] of [
      ['jobs', '2'],
      ['fetch', '2 3 4'],
      ['main.ts', '1 2 3 4'],
      ['42', '5'],
      ['ready', '4'],
      ['#3', '3'],
    ]) {
      const rows = outline(store, { text: text as string, groupBy: 'state' });
      assert.equal(
        rows
          .filter((row) => row.startsWith('  '))
          .map((row) => row.trim())
          .sort()
          .join(' '),
        found,
      );
    }
  });

  it('choose states, and hide what has ended', () => {
    assert.deepEqual(outline(store, { states: ['finished'] }), ['1', '  5']);
    assert.deepEqual(outline(store, { hidesEnded: true }), ['1', '  2', '  3', '    4']);
    assert.equal(filterText(PLAIN_OPTIONS), undefined);
    const filter = { ...PLAIN_OPTIONS, text: 'a', states: ['ready'] as const, hidesEnded: true };
    assert.equal(filterText(filter), '“a”, ready, without those that have ended');
  });

  it('say what they hold', () => {
    const tree = treeOf(store, { groupBy: 'state', showsInternal: true });
    const rows = tree.children().map((node) => treeRow(store, node));
    assert.deepEqual(rows[0], { label: 'hub', description: '0 ready, 0 timers' });
    assert.deepEqual(rows[2], { label: 'waiting', description: '4 waiting' });
  });
});

describe('rows', () => {
  const location = { path: '/home/me/main.ts', line: 12, column: 3, function: 'foo' };
  const store = stored(
    { ...greenlet(1, null), name: 'main' },
    { ...greenlet(2, 1), name: 'foo' },
    { ...greenlet(3, 1), name: 'bar' },
  );
  const described = (change: Partial<GreenletInfo>) => {
    const { description } = greenletRow(store, { ...greenlet(3, 1), name: 'bar', ...change });
    assert(description.endsWith(' · 0 switches'));
    return description.slice(0, -' · 0 switches'.length);
  };

  it('say what a greenlet waits for, and where, for how long, how often it has switched', () => {
    const waitingOn = { kind: 'joinAll', name: 'foo #2' };
    store.time = 3.5;
    const bar = { ...greenlet(3, 1), name: 'bar', waitingOn, location, since: 2, switches: 1 };
    assert.deepEqual(greenletRow(store, bar), {
      label: 'bar #3',
      description: 'waiting: joinAll (foo #2) — foo main.ts:12 · 1.5 s · 1 switch',
    });
  });

  it('leave out what is not there', () => {
    assert.equal(described({ state: 'created', waitingOn: null }), 'created');
    assert.equal(described({ waitingOn: { kind: 'select', name: '' } }), 'waiting: select');
    assert.equal(described({ state: 'finished', value: 'undefined', since: 1 }), 'finished');
  });

  it('name the holder of what is waited for, and what is frozen', () => {
    const waitingOn = { kind: 'acquire', name: 'lock', owner: 2 };
    assert.equal(described({ waitingOn }), 'waiting: acquire (lock), held by foo #2');
    assert.equal(described({ state: 'ready', frozen: true }), 'frozen, ready');
  });

  it('show results and errors in one line', () => {
    assert.equal(described({ state: 'finished', value: '42' }), 'finished: 42');
    const exception = 'Error: bad\n    at foo';
    assert.equal(described({ state: 'failed', exception }), 'failed: Error: bad …');
  });

  it('have a tooltip with all that is known', () => {
    const bar = { ...greenlet(3, 1), name: 'bar', location, switches: 2, since: 3.4 };
    assert.deepEqual(greenletTooltip(store, bar).split('\n'), [
      'bar #3: waiting',
      'in foo at /home/me/main.ts:12:3',
      'spawned by main #1',
      'in this state for 100 ms',
      '2 switches',
    ]);
  });

  it('become text to copy, with the stack', () => {
    const bar = { ...greenlet(3, 1), name: 'bar', location };
    const spawned = [{ ...location, line: 20 }];
    const frames = [location, { ...location, function: 'bar', line: 15 }];
    assert.deepEqual(greenletText(store, bar, { id: 3, frames, spawned }).split('\n'), [
      'bar #3: waiting',
      '    at foo (/home/me/main.ts:12:3)',
      '    at bar (/home/me/main.ts:15:3)',
      '    spawned by main #1 at /home/me/main.ts:20:3',
    ]);
    assert.match(greenletText(store, bar, undefined), /at foo \(.*:12:3\)$/);
    assert.deepEqual(
      forestText(store)
        .split('\n')
        .map((line) => line.split('  waiting')[0]),
      ['main #1', '  foo #2', '  bar #3'],
    );
  });

  it('read Windows paths too', () => {
    const windows = { ...location, path: 'C:\\work\\main.ts', function: 'bar' };
    assert.equal(described({ state: 'running', location: windows }), 'running — main.ts:12');
  });
});

function greenlet(id: number, spawner: number | null): GreenletInfo {
  const rest = { waitingOn: null, location: null, switches: 0 };
  return { id, name: 'worker', state: 'waiting', spawner, ...rest };
}

/** One that differs from its siblings. */
function worker(id: number): GreenletInfo {
  return { ...greenlet(id, 1), name: `worker-${id}` };
}

function stored(...greenlets: GreenletInfo[]): GreenletStore {
  const store = new GreenletStore();
  store.fold({ ...NOW, version: 1, greenlets });
  return store;
}

function treeOf(
  store: GreenletStore,
  options: Partial<TreeOptions> = {},
  pinned?: Set<number>,
): GreenletTree {
  return new GreenletTree(store, { ...PLAIN_OPTIONS, ...options }, pinned);
}

/** The tree as indented ids and headings. */
function outline(store: GreenletStore, options: Partial<TreeOptions> = {}): string[] {
  const tree = treeOf(store, options);
  const lines = (node: TreeNode | undefined, indent: string): string[] =>
    tree
      .children(node)
      .flatMap((child) => [`${indent}${text(child)}`, ...lines(child, `${indent}  `)]);
  return lines(undefined, '');
}

function text(node: TreeNode): string {
  switch (node.kind) {
    case 'greenlet':
      return String(node.greenlet);
    case 'merged':
      return `×${node.members.length} from ${node.members[0]}`;
    case 'group':
      return node.heading;
    default:
      return node.kind;
  }
}

function wayUp(node: TreeNode | undefined): string[] {
  assert(node !== undefined);
  return node.parent === undefined ? [] : [node.parent.key, ...wayUp(node.parent)];
}

function ids(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
