/** What is always true of the hub and its greenlets between two turns; for tests, since it looks at everything. */

import { InternalError } from './errors.ts';
import { RUNTIME_SITE, unwinding } from './frame.ts';
import { Greenlet } from './greenlet.ts';
import type { Hub } from './hub.ts';
import { Waiter, Waiting } from './wait.ts';
import type { Entry, WaitList } from './wait-list.ts';

/** So many greenlets may be looked at for each turn: with more, not every turn is followed by a check. */
const GREENLETS_A_TURN = 200;

/**
 * Checks the hub after every turn from now on.
 *
 * @returns stops it.
 * @throws {InternalError} in the hub, after the turn that has broken something.
 */
export function checkEveryTurn(hub: Hub): () => void {
  const originals = {
    runNow: hub.runNow,
    resume: hub.resume,
    throwInto: hub.throwInto,
    fail: hub.fail,
    beginBody: hub.beginBody,
    beginAsync: hub.beginAsync,
    adopt: hub.adopt,
  };
  let depth = 0;
  let credit = 0;
  let living = 0;
  for (const [name, original] of Object.entries(originals)) {
    const checked = function (this: Hub, ...args: unknown[]): unknown {
      const { barrier } = this;
      depth++;
      let value: unknown;
      try {
        value = Reflect.apply(original, this, args);
      } finally {
        depth--;
      }
      credit += GREENLETS_A_TURN;
      if (depth === 0 && credit >= living && hub.current === null && hub.away === null) {
        credit = 0;
        living = checkHub(hub, barrier);
      }
      return value;
    };
    Object.defineProperty(hub, name, { value: checked, configurable: true, writable: true });
  }
  return () => {
    for (const name of Object.keys(originals)) Reflect.deleteProperty(hub, name);
  };
}

/**
 * Checks the hub, once. To be called in the hub, not in a greenlet.
 *
 * @param barrier how many native frames lie below the caller: none, unless code that runs in no greenlet has called the hub.
 * @returns how many greenlets live.
 * @throws {InternalError} that names all that is wrong.
 */
export function checkHub(hub: Hub, barrier = 0): number {
  const living = [...Greenlet.live()];
  const defects = [
    ...defectsOfQueue(hub, living),
    ...living.flatMap((each) => defectsOf(each)),
    ...defectsOfLists(living),
    ...hub.alarm.defects(),
    ...defectsBetweenTurns(hub, living, barrier),
  ];
  if (defects.length > 0) throw new InternalError(`the hub is broken: ${defects.join('; ')}`);
  return living.length;
}

function defectsBetweenTurns(hub: Hub, living: readonly Greenlet[], barrier: number): string[] {
  const defects: string[] = [];
  if (hub.current !== null) defects.push(`${hub.current.label} still runs`);
  if (hub.barrier !== barrier) {
    defects.push(`${hub.barrier} native frames are counted, not ${barrier}`);
  }
  if (unwinding.site !== RUNTIME_SITE || unwinding.callees.count > 0) {
    defects.push('frames were handed up that nobody has collected');
  }
  const holders = living.filter((each) => each.holds() && each.begun).length;
  if (holders !== hub.holders) defects.push(`${holders} hold the process, not ${hub.holders}`);
  return defects;
}

function defectsOfQueue(hub: Hub, living: readonly Greenlet[]): string[] {
  const defects: string[] = [];
  const queued = new Set<Greenlet>();
  for (const each of hub.ready()) {
    if (typeof each?.step !== 'function') defects.push(`${String(each)} is ready, but no callback`);
    const greenlet = each instanceof Greenlet ? each : each.turnOf;
    if (greenlet === undefined) continue;
    if (queued.has(greenlet)) defects.push(`${greenlet.label} is twice in the queue`);
    queued.add(greenlet);
    if (greenlet.state !== 'ready' && !greenlet.ready()) {
      defects.push(`${greenlet.label} is in the queue, but ${greenlet.state}`);
    }
  }
  for (const each of living) {
    // A module's greenlet is ready before its top level begins, and a frozen or held one where it has missed its turn.
    const elsewhere = each.origin === 'call' || (hub.freezer?.isKept(each) ?? false);
    if (each.state === 'ready' && !queued.has(each) && !elsewhere) {
      defects.push(`${each.label} is ready, but not in the queue`);
    }
  }
  return defects;
}

function defectsOf(greenlet: Greenlet): string[] {
  const { label, state, cancel, waitKind, waitOn } = greenlet;
  const defects: string[] = [];
  const parked = state === 'waiting';
  if (greenlet.ready()) defects.push(`${label} has ended, but is among the living`);
  if (parked && waitKind === '') defects.push(`${label} waits for nothing`);
  if (parked && cancel === null) defects.push(`${label} waits, but nothing could end that`);
  if (!parked && state !== 'ready' && waitKind !== '') {
    defects.push(`${label} is ${state}, but waits for ${waitKind}`);
  }
  if (greenlet.frames.length !== greenlet.sites.length) {
    defects.push(`${label} has ${greenlet.frames.length} frames at ${greenlet.sites.length} sites`);
  }
  if (parked && waitOn instanceof Greenlet && waitOn.ready() && !waitOn.links?.notifying) {
    defects.push(`${label} waits for ${waitOn.label}, which has ended and told its links`);
  }
  if (cancel instanceof Waiting && !(cancel instanceof Waiter) && cancel.list === null) {
    defects.push(`${label} waits for ${greenlet.waitText()}, but is in no list`);
  }
  if (cancel instanceof Waiting && cancel.greenlet !== greenlet) {
    defects.push(`${label} is parked on a wait of ${cancel.greenlet.label}`);
  }
  return defects;
}

/** The lists that somebody waits in: whole, and of those only who are parked there. */
function defectsOfLists(living: readonly Greenlet[]): string[] {
  const lists = new Set<WaitList>();
  for (const { cancel } of living) {
    if (cancel instanceof Waiting && cancel.list !== null) lists.add(cancel.list);
  }
  return [...lists].flatMap(defectsOfList);
}

function defectsOfList(list: WaitList): string[] {
  const defects: string[] = [];
  let previous: Entry | null = null;
  let count = 0;
  for (const each of list) {
    count++;
    if (each.list !== list) defects.push('a wait is in a list that it does not know');
    if (each.previous !== previous) defects.push('a list of waits is not linked back');
    if (each instanceof Waiting && each.greenlet.cancel !== each) {
      defects.push(`${each.greenlet.label} is in a list, but not parked there`);
    }
    previous = each;
  }
  if (count !== list.size) defects.push(`a list of ${list.size} waits has ${count}`);
  if (list.last !== previous) defects.push('a list of waits does not end with its last');
  return defects;
}
