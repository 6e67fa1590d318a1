/**
 * What the guide says at a pause, made from what the debugger knows: the switches since the pause before, where the program
 * stands now, and who is next. Pure: the same pauses give the same sentences.
 */

import type { GreenletInfo, SwitchRow, WaitingOn } from '../../runtime/src/protocol/snapshot.ts';
import type { GuideTexts, Wait } from './guide-texts.ts';
import { kindOfCall, kindOfWait, type WaitKind } from './wait-kind.ts';

/** What is known at a pause. */
export interface Pause {
  /** The reason of the stop: `yield`, `breakpoint`, `exception`… */
  reason: string;
  /** The greenlet that it is about. */
  greenlet: number;
  /** At a yield: what the greenlet is about to wait for. */
  waitingOn: WaitingOn | null;
  /** What was thrown; where nobody can run any more, why. */
  error?: string;
  /** The greenlets that wait for each other. */
  deadlock?: readonly number[];
  greenlets: readonly GreenletInfo[];
  /** The queue: who is ready, in the order in which they will run. */
  ready: readonly number[];
  /** How many switches there had been. */
  seq: number;
  /** When each greenlet that was seen to give way began to, in seconds: a pause there comes before the row. */
  begun: ReadonlyMap<number, number>;
}

export interface Narration {
  /** What has happened since the pause before, oldest first: a sentence each. */
  happened: string[];
  /** Where the program stands. */
  now: string;
  /** Who is next; empty where that cannot be known. */
  next: string;
}

/** So many switches are told; of more, the newest. */
const TOLD = 6;

/**
 * Tells a pause.
 *
 * @param before the pause before; undefined at the first one.
 * @param history the switches as far as they are kept, oldest first.
 */
export function narrate(
  texts: GuideTexts,
  before: Pause | undefined,
  history: readonly SwitchRow[],
  now: Pause,
): Narration {
  const names = new Names(texts, now.greenlets);
  return {
    happened: [
      ...switches(texts, names, before, history, texts.idles),
      ...spawns(texts, names, before, now),
    ],
    now: place(texts, names, now),
    next: now.reason === 'yield' ? next(texts, names, now) : '',
  };
}

/** Tells what has happened between the last pause and the program's end. */
export function narrateEnd(
  texts: GuideTexts,
  before: Pause | undefined,
  history: readonly SwitchRow[],
  greenlets: readonly GreenletInfo[],
): Narration {
  const happened = switches(texts, new Names(texts, greenlets), before, history, texts.isOver);
  return { happened, now: texts.hasEnded, next: '' };
}

/** What greenlets are called: by their names, with the number where several have the same one. */
class Names {
  readonly #texts: GuideTexts;
  readonly #infos: ReadonlyMap<number, GreenletInfo>;
  readonly #counts = new Map<string, number>();

  constructor(texts: GuideTexts, greenlets: readonly GreenletInfo[]) {
    this.#texts = texts;
    this.#infos = new Map(greenlets.map((each) => [each.id, each]));
    for (const { name } of greenlets) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  info(id: number): GreenletInfo | undefined {
    return this.#infos.get(id);
  }

  of(id: number): string {
    if (id === 0) return this.#texts.hub;
    const info = this.info(id);
    if (info === undefined) return `#${id}`;
    return (this.#counts.get(info.name) ?? 0) > 1 ? `${info.name} #${id}` : info.name;
  }

  /** The debugger's words name greenlets with their numbers, `foo #2, bar #3`; here they are called as above. */
  inWords(on: string): string {
    let namesGreenlets = false;
    const words = on.replace(/(\S+) #(\d+)/g, (whole, name, id) => {
      if (this.info(Number(id))?.name !== name) return whole;
      namesGreenlets = true;
      return this.of(Number(id));
    });
    if (!namesGreenlets) return on;
    const list = words.split(', ').map((word) => {
      const [, count] = /^and (\d+) more$/.exec(word) ?? [];
      return count === undefined ? word : this.#texts.others(Number(count));
    });
    return this.#texts.list(list);
  }

  wait(waitingOn: WaitingOn): Wait {
    const { kind: call, name, owner } = waitingOn;
    const holder = owner === undefined ? '' : this.of(owner);
    return { kind: kindOfWait(waitingOn), call, on: this.inWords(name), owner: holder };
  }
}

/**
 * Tells the switches between two pauses, from the oldest on: what is known of each greenlet changes from one to the next.
 *
 * @param atRest the second half of the last sentence, where nobody was ready.
 */
function switches(
  texts: GuideTexts,
  names: Names,
  before: Pause | undefined,
  history: readonly SwitchRow[],
  atRest: string,
): string[] {
  const start = history.findIndex((row) => row.seq > (before?.seq ?? 0));
  if (start < 0) return [];
  const rows = history.slice(start);
  const known = new Known(texts, names, before, history, history.slice(0, start));
  const told: string[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as SwitchRow;
    if (row.from === 0) {
      told.push(texts.afterIdling(known.goesOn(row)));
      continue;
    }
    const first = known.stopped(row);
    const following = rows[at + 1];
    if (row.to !== 0) told.push(texts.sentence(first, known.goesOn(row)));
    else if (following?.from !== 0) told.push(texts.sentence(first, atRest));
    else {
      at++;
      const second = known.goesOn(following);
      told.push(texts.sentence(first, texts.idledUntil(second)));
    }
  }
  const hidden = told.length - TOLD;
  return hidden > 0 ? [texts.earlier(hidden), ...told.slice(-TOLD)] : told;
}

/** A wait that has begun. */
interface Begun extends Wait {
  /** When, in seconds since the program's start. */
  time: number;
}

/** What is met by another greenlet: where nobody has done it, the wait has ended otherwise. */
const MET_BY_GREENLETS: readonly WaitKind[] = ['end', 'death', 'item', 'room', 'done', 'lock'];

/** So many seconds may lie between the beginning of a sleep and the moment at which a pause there is told. */
const EARLY = 0.05;

/** When the wait began that a greenlet is in at a pause. */
function beginning(
  id: number,
  { begun }: Pick<Pause, 'begun'>,
  earlier: readonly SwitchRow[],
): number {
  const rows = earlier.filter((row) => row.from === id);
  const seen = begun.get(id);
  // It may have given way unseen since then.
  const isLast = seen !== undefined && rows.filter((row) => row.time >= seen).length === 1;
  return isLast ? seen : (rows.at(-1)?.time ?? 0);
}

/** What is known of the greenlets at one switch. */
class Known {
  readonly #texts: GuideTexts;
  readonly #names: Names;
  readonly #before: Pause | undefined;
  readonly #history: readonly SwitchRow[];
  readonly #waits = new Map<number, Begun>();
  readonly #ready: Set<number>;
  readonly #hasRun: Set<number>;
  #isFirst = true;

  /** @param earlier the part of the history before the pause before. */
  constructor(
    texts: GuideTexts,
    names: Names,
    before: Pause | undefined,
    history: readonly SwitchRow[],
    earlier: readonly SwitchRow[],
  ) {
    this.#texts = texts;
    this.#names = names;
    this.#before = before;
    this.#history = history;
    this.#ready = new Set(before?.ready);
    const begun = before?.greenlets.filter((each) => each.location !== null) ?? [];
    this.#hasRun = new Set(begun.map((each) => each.id));
    for (const { id, waitingOn } of before?.greenlets ?? []) {
      if (waitingOn === null || before === undefined) continue;
      this.#waits.set(id, { ...names.wait(waitingOn), time: beginning(id, before, earlier) });
    }
  }

  /** Why the greenlet of a row has stopped running. */
  stopped(row: SwitchRow): string {
    const { from, reason, source, time } = row;
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    const name = this.#names.of(from);
    this.#hasRun.add(from);
    // The row of an end has no place; that of a greenlet which waits in `kill` has one.
    if (source === '' && reason === 'kill') return this.#texts.killed(name);
    if (source === '' && reason === 'exit') {
      const info = this.#names.info(from);
      return info?.state === 'failed'
        ? this.#texts.failed(name, firstLine(info.exception ?? ''))
        : this.#texts.ended(name);
    }
    const wait = this.#waitOf(from, reason, isFirst);
    const begun = isFirst && this.#before?.greenlet === from ? this.#before.begun.get(from) : time;
    this.#waits.set(from, { ...wait, time: begun ?? time });
    if (wait.kind === 'turn') this.#ready.add(from);
    return this.#texts.parked(name, wait);
  }

  /** Why the greenlet that a row leads to runs. */
  goesOn({ to: id, time, cause }: SwitchRow): string {
    const texts = this.#texts;
    const name = this.#names.of(id);
    const by =
      cause === undefined ? undefined : this.#history.find((row) => row.seq === cause)?.from;
    const wait = this.#waits.get(id);
    const wasReady = this.#ready.has(id) || wait?.kind === 'turn';
    const hadRun = this.#hasRun.has(id);
    this.#waits.delete(id);
    this.#ready.delete(id);
    this.#hasRun.add(id);
    if (!hadRun) return texts.starts(name);
    if (wasReady) return texts.wasReady(name);
    if (this.#names.info(id)?.state === 'killed') return texts.struck(name);
    if (wait === undefined) return texts.runs(name);
    if (cause === undefined && MET_BY_GREENLETS.includes(wait.kind)) return texts.interrupted(name);
    const waker = by === undefined || by === id ? '' : this.#names.of(by);
    const isEarly = wait.kind === 'time' && time - wait.time < Number(wait.on) - EARLY;
    return isEarly ? texts.wokenEarly(name, wait.on) : texts.woken(name, wait, waker);
  }

  /** A wait is told in full by the pause that stood at it, or by the greenlet while it still waits. */
  #waitOf(id: number, reason: string, isFirst: boolean): Wait {
    const before = this.#before;
    if (isFirst && before?.greenlet === id && before.waitingOn?.kind === reason) {
      return this.#names.wait(before.waitingOn);
    }
    const info = this.#names.info(id);
    if (info?.waitingOn?.kind === reason) return this.#names.wait(info.waitingOn);
    if (reason === 'sleep' && info?.state === 'ready') {
      return this.#names.wait({ kind: reason, name: '0' });
    }
    return { kind: kindOfCall(reason), call: reason, on: '', owner: '' };
  }
}

/** Who has been spawned since, by spawner. */
function spawns(texts: GuideTexts, names: Names, before: Pause | undefined, now: Pause): string[] {
  const known = new Set(before?.greenlets.map((each) => each.id));
  const bySpawner = new Map<number, string[]>();
  for (const { id, spawner, location, state } of now.greenlets) {
    const isNew = !known.has(id) && location === null && state === 'ready';
    if (!isNew || spawner === null) continue;
    bySpawner.set(spawner, [...(bySpawner.get(spawner) ?? []), names.of(id)]);
  }
  return [...bySpawner].map(([spawner, children]) => texts.spawned(names.of(spawner), children));
}

function place(texts: GuideTexts, names: Names, pause: Pause): string {
  const { reason, waitingOn, error, deadlock } = pause;
  const name = names.of(pause.greenlet);
  switch (reason) {
    case 'yield':
      return waitingOn === null ? texts.atPause(name) : texts.yields(name, names.wait(waitingOn));
    case 'entry':
      return texts.atEntry(name);
    case 'step':
      return texts.atStep(name);
    case 'spawn':
      return texts.atSpawn;
    case 'start':
      return texts.atStart(name);
    case 'exit':
      return texts.atExit(name);
    case 'kill':
      return texts.atKill(name);
    case 'timeout':
      return texts.atTimeout(name);
    case 'blocked':
      return texts.atBlocked(name);
    case 'exception':
      return deadlock === undefined
        ? texts.atError(name, firstLine(error ?? ''))
        : texts.atDeadlock(deadlock.map((id) => names.of(id)));
    default:
      return reason.endsWith('breakpoint') ? texts.atBreakpoint(name) : texts.atPause(name);
  }
}

function next(texts: GuideTexts, names: Names, { greenlet, waitingOn, ready }: Pause): string {
  const [first] = ready.filter((id) => id !== greenlet);
  if (first !== undefined) {
    const hasRun = names.info(first)?.location != null;
    return hasRun ? texts.nextIs(names.of(first)) : texts.nextStarts(names.of(first));
  }
  const isTurn = waitingOn !== null && kindOfWait(waitingOn) === 'turn';
  return isTurn ? texts.nextIsSelf(names.of(greenlet)) : texts.nextIsIdle;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim().replace(/\.$/, '') ?? '';
}
