/** Greenlets as a tree, each below the one that has spawned it (gevent's `GreenletTree`). */

import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { allLocalsOf } from './local.ts';
import { spawnTreeLocals } from './tree-locals.ts';

/** What `format` tells of each greenlet besides its state; all by default. */
export interface TreeDetails {
  /** Where it is parked, and for what it waits. */
  runningStacks?: boolean;
  /** Where it was spawned; known where a debugger or a trace listens. */
  spawningStacks?: boolean;
  /** What it holds in `Local`s and shares with its tree. */
  locals?: boolean;
}

/** How values are shown; the entry `greenlets/util` sets it to Node's `inspect`. */
export type Show = (value: unknown) => string;

export class GreenletTree {
  /** @internal Finds ended greenlets that are still referenced; the entry `greenlets/util` sets it. */
  static find: () => Iterable<Greenlet> = () => Greenlet.live();
  /** @internal */
  static show: Show = String;

  /** The greenlet at this node. */
  readonly greenlet: Greenlet;
  /** Those that it has spawned, in the order of their ids. */
  readonly childTrees: GreenletTree[] = [];
  private parent: GreenletTree | undefined = undefined;

  private constructor(greenlet: Greenlet) {
    this.greenlet = greenlet;
  }

  /**
   * All greenlets: main's tree first. Those that have ended, or have not started, are there as long as something refers to
   * them. Slow, since it searches the whole heap. Never switches.
   */
  static forest(): GreenletTree[] {
    const greenlets = new Set([...Greenlet.live(), ...this.find()]);
    const trees = new Map<Greenlet, GreenletTree>();
    const sorted = [...greenlets].sort((a, b) => a.id - b.id);
    for (const each of sorted) trees.set(each, new this(each));
    for (const tree of trees.values()) {
      const { spawningGreenlet } = tree.greenlet;
      tree.parent = spawningGreenlet && trees.get(spawningGreenlet);
      tree.parent?.childTrees.push(tree);
    }
    return [...trees.values()].filter((each) => each.parent === undefined);
  }

  /** The tree that the running greenlet belongs to: its root. Never switches. */
  static currentTree(): GreenletTree {
    const { current } = hub;
    const forest = this.forest();
    return forest.find((each) => current !== null && each.holds(current)) ?? (forest[0] as never);
  }

  /** Whether the running greenlet is in this tree. */
  get isCurrentTree(): boolean {
    return hub.current !== null && this.root.holds(hub.current);
  }

  /** The root of the tree that this node belongs to. */
  get root(): GreenletTree {
    return this.parent?.root ?? this;
  }

  /** The tree as text, with details. */
  format(details?: TreeDetails): string {
    return this.formatLines(details).join('\n');
  }

  /** The lines of `format`. */
  formatLines(details: TreeDetails = {}): string[] {
    const { runningStacks = true, spawningStacks = true, locals = true } = details;
    return this.lines({ runningStacks, spawningStacks, locals }, '');
  }

  /** The tree as text, a line for each greenlet. */
  toString(): string {
    const nothing = { runningStacks: false, spawningStacks: false, locals: false };
    return this.lines(nothing, '').join('\n');
  }

  private holds(greenlet: Greenlet): boolean {
    return this.greenlet === greenlet || this.childTrees.some((each) => each.holds(greenlet));
  }

  private lines(details: Required<TreeDetails>, indent: string): string[] {
    const gutter = this.childTrees.length > 0 ? `${indent} :    ` : `${indent}      `;
    const lines = [headOf(this.greenlet)];
    for (const each of detailsOf(this.greenlet, details)) lines.push(`${gutter}${each}`);
    this.childTrees.forEach((child, i) => {
      const isLast = i === this.childTrees.length - 1;
      const [head, ...rest] = child.lines(details, `${indent}${isLast ? '     ' : ' |   '}`);
      lines.push(`${indent} +--- ${head}`, ...rest);
    });
    return lines;
  }
}

/** One line: the greenlet, and how it stands. */
function headOf(greenlet: Greenlet): string {
  const { label, state, value, exception } = greenlet;
  const head = `<Greenlet ${label}>`;
  if (greenlet === hub.current) return `${head}; current`;
  if (state === 'failed') return `${head}; finished with exception ${showError(exception)}`;
  if (state === 'killed') return `${head}; killed`;
  if (state === 'finished') return `${head}; finished with value ${GreenletTree.show(value)}`;
  if (state === 'created') return `${head}; not running`;
  return state === 'waiting' ? `${head}; waits: ${greenlet.waitText()}` : `${head}; ${state}`;
}

function detailsOf(greenlet: Greenlet, details: Required<TreeDetails>): string[] {
  const lines: string[] = [];
  const section = (title: string, entries: readonly string[]) => {
    if (entries.length > 0) lines.push(title, ...entries.map((each) => `  ${each}`));
  };
  if (details.runningStacks) section('Running:', greenlet.stack());
  if (details.spawningStacks) section('Spawned at:', greenlet.spawningStack);
  if (details.locals) {
    const shared = greenlet === hub.main ? {} : spawnTreeLocals(greenlet);
    const isTree = greenlet.spawningGreenlet === hub.main || greenlet === hub.main;
    const hasShared = isTree && Object.keys(shared).length > 0;
    section('Spawn Tree Locals:', hasShared ? [GreenletTree.show(shared)] : []);
    const locals = allLocalsOf(greenlet);
    section(
      'Greenlet Locals:',
      locals.map(([type, properties]) => `${type} ${GreenletTree.show(properties)}`),
    );
  }
  return lines;
}

function showError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : GreenletTree.show(error);
}
