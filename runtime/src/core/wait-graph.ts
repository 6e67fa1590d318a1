/**
 * Who waits for whom, and who waits in vain. Every park says what it is on; a greenlet that is waited for, and every primitive that
 * knows who could end a wait, make the edges. The rest is open: somebody may come, so nobody who waits for it is in a deadlock.
 */

import { Greenlet } from './greenlet.ts';
import { Several } from './several.ts';

/** The greenlets that could end a wait. */
export interface Wakers {
  /** How they stand to what is waited for, before their names: `held by`. */
  readonly relation: string;
  readonly greenlets: readonly Greenlet[];
  /** Whether nobody else could; false: nobody else has so far. */
  readonly certain: boolean;
}

/** What a primitive can be asked. */
export interface Awaited {
  /**
   * Who could end a wait; undefined where that is not known.
   *
   * @param kind the kind of the wait: `Queue.get`.
   */
  wakers(kind: string): Wakers | undefined;
}

/** Greenlets that wait for each other, or for one that has ended: none of them can go on. */
export interface Deadlock {
  /** The circle, beginning with the smallest id. */
  readonly greenlets: readonly Greenlet[];
  /** The story in words: `a #2 waits for … held by b #3; b #3 waits for … held by a #2`. */
  readonly text: string;
}

/** Options of `findDeadlocks`. */
export interface DeadlockOptions {
  /** Also those who wait for a queue, a channel or a signal that only others of them have served so far. */
  likely?: boolean;
}

/**
 * The deadlocks among the greenlets that wait; empty if there are none. Those who wait for somebody in a deadlock are not listed.
 *
 * @param waiting all greenlets that wait and that no timer will wake.
 */
export function deadlocksOf(
  waiting: Iterable<Greenlet>,
  { likely = false }: DeadlockOptions = {},
): Deadlock[] {
  const stuck = stuckOf(waiting, likely);
  const seen = new Set<Greenlet>();
  const found: Deadlock[] = [];
  for (const start of [...stuck.keys()].sort((a, b) => a.id - b.id)) {
    const path: Greenlet[] = [];
    let at: Greenlet | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = greenletsOf(stuck.get(at) as Need).find((each) => stuck.has(each));
    }
    const circle = at === undefined ? path.slice(-1) : path.slice(path.indexOf(at));
    if (at !== undefined && !path.includes(at)) continue;
    const first = circle.reduce((a, b) => (b.id < a.id ? b : a));
    const index = circle.indexOf(first);
    const greenlets = [...circle.slice(index), ...circle.slice(0, index)];
    found.push({ greenlets, text: greenlets.map(storyOf).join('; ') });
  }
  return found;
}

/** Who could end the greenlet's wait; undefined where that is not known, or where it waits for greenlets or for several objects. */
export function wakersOf({ waitOn, waitKind }: Greenlet): Wakers | undefined {
  return isAwaited(waitOn) ? waitOn.wakers(waitKind) : undefined;
}

/** `reader #4 waits for Queue.get (jobs) at pipeline.ts:12, held by writer #5`. */
export function storyOf(greenlet: Greenlet): string {
  const place = greenlet.places()[0];
  const at = place === undefined ? '' : ` at ${place.path.split(/[\\/]/).pop()}:${place.line}`;
  const wakers = wakersOf(greenlet);
  const by = wakers === undefined ? '' : `, ${wakers.relation} ${namesOf(wakers.greenlets)}`;
  return `${greenlet.label} waits for ${greenlet.waitText()}${at}${by}`;
}

function namesOf(greenlets: readonly Greenlet[]): string {
  const names = greenlets.map((each) => each.label + (each.ready() ? ', which has ended' : ''));
  return names.join(' and ');
}

/** What must come true before a wait ends: so many of these. */
interface Need {
  readonly needed: number;
  readonly greenlets: readonly Greenlet[];
  readonly needs: readonly Need[];
  /** How many come true by themselves, as far as anybody knows. */
  readonly open: number;
}

/** Those whose wait cannot end, with what they need: begins with all, and takes out who can go on, and whom that helps. */
function stuckOf(waiting: Iterable<Greenlet>, likely: boolean): Map<Greenlet, Need> {
  const stuck = new Map<Greenlet, Need>();
  const helped = new Map<Greenlet, Greenlet[]>();
  for (const each of waiting) {
    const need = needOf(each.waitOn, each.waitKind, likely);
    if (need === undefined) continue;
    stuck.set(each, need);
    for (const waker of greenletsOf(need)) {
      const list = helped.get(waker);
      if (list === undefined) helped.set(waker, [each]);
      else list.push(each);
    }
  }
  const queue = [...stuck.keys()];
  for (let each = queue.pop(); each !== undefined; each = queue.pop()) {
    const need = stuck.get(each);
    if (need === undefined || isStuck(need, stuck)) continue;
    stuck.delete(each);
    queue.push(...(helped.get(each) ?? []));
  }
  return stuck;
}

function needOf(on: unknown, kind: string, likely: boolean): Need | undefined {
  if (on instanceof Greenlet) {
    return on.ready() ? undefined : { needed: 1, greenlets: [on], needs: [], open: 0 };
  }
  if (on instanceof Several) {
    const needs = on.objects.map((each) => needOf(each, kind, likely));
    const known = needs.filter((each) => each !== undefined);
    return { needed: on.needed, greenlets: [], needs: known, open: needs.length - known.length };
  }
  const wakers = isAwaited(on) ? on.wakers(kind) : undefined;
  if (wakers === undefined || !(wakers.certain || likely)) return undefined;
  const greenlets = wakers.greenlets.filter((each) => !each.ready());
  return { needed: 1, greenlets, needs: [], open: 0 };
}

function isStuck(need: Need, stuck: ReadonlyMap<Greenlet, Need>): boolean {
  const free = need.greenlets.filter((each) => !stuck.has(each)).length;
  const possible = need.needs.filter((each) => !isStuck(each, stuck)).length;
  return need.open + free + possible < need.needed;
}

function greenletsOf({ greenlets, needs }: Need): Greenlet[] {
  return [...greenlets, ...needs.flatMap(greenletsOf)];
}

function isAwaited(on: unknown): on is Awaited {
  return typeof (on as Partial<Awaited> | null | undefined)?.wakers === 'function';
}
