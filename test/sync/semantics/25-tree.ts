// gevent's tree with its words for each state. The hub is no greenlet here, so its line is left out; greenlets are called by their names
// instead of addresses, and a raw one is a Greenlet like any other. The text of `format` is our own (test/sync/surface.test.ts).
import { Greenlet, getCurrent, getHub, joinAll, sleep, spawn, spawnRaw } from 'greenlets';
import { Local } from 'greenlets/local';
import { GreenletTree, spawnTreeLocals } from 'greenlets/util';
import { print, repr } from './python.ts';

class ValueError extends Error {
  override name = 'ValueError';
}
const l = new Local<{ req: number }>();
function leaf(n: number) {
  l.req = n;
  sleep(10);
}
function mid() {
  spawnTreeLocals(getCurrent() as Greenlet).job = 'J1';
  const a = spawn(leaf, 1);
  const b = spawn(leaf, 2);
  b.name = 'second leaf';
  const c = spawnRaw(leaf, 3);
  c.name = 'raw leaf';
  joinAll([a, b]);
}
function failing() {
  throw new ValueError('oops');
}
getHub().handleError = () => {};
const m = spawn(mid);
const d = spawn(() => 'a value');
const _e = spawn(failing);
const _n = new Greenlet(leaf, 9);
sleep(0.01);

/** How gevent says how a greenlet stands, after its name. */
function stateOf({ dead, started, exception, value }: Greenlet): string {
  if (exception !== undefined) return `; finished with exception ${repr(exception)}`;
  if (dead) return `; finished with value ${repr(value)}`;
  return started ? '' : '; not running';
}
function show(tree: GreenletTree, indent = '') {
  for (const child of tree.childTrees) {
    print(`${indent} +--- ${child.greenlet.name || 'Greenlet'}${stateOf(child.greenlet)}`);
    show(child, `${indent} |   `);
  }
}
const tree = GreenletTree.currentTree();
print('=== tree');
print(tree.greenlet.name, 'current', tree.isCurrentTree);
show(tree);
print('=== spawn data');
print('spawning_greenlet is main:', m.spawningGreenlet === getCurrent());
const kids = tree.childTrees.flatMap((each) => each.childTrees);
const shared = spawnTreeLocals(m);
print(
  'spawn_tree_locals: children of mid share the same dict:',
  kids.every((k) => spawnTreeLocals(k.greenlet) === shared),
  `{'job': ${repr(shared.job)}}`,
  '| siblings spawned by main have their own:',
  spawnTreeLocals(d) !== shared,
);
