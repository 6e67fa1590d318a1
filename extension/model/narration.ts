/**
 * What the guide says at a pause, made from what the debugger knows: the switches since the pause before, where the program
 * stands now, and who is next. Pure: the same pauses give the same sentences.
 */

import type { GreenletInfo, SwitchRow, WaitingOn } from '../../runtime/src/protocol/snapshot.ts';
import type { GuideTexts, Wait } from './guide-texts.ts';
import { kindOfCall, kindOfWait } from './wait-kind.ts';

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
 * @param rows the switches since then, oldest first.
 */
export function narrate(
  texts: GuideTexts,
  before: Pause | undefined,
  rows: readonly SwitchRow[],
  now: Pause,
): Narration {
  const names = new Names(texts, now.greenlets);
  return {
    happened: [...switches(texts, names, before, rows, now), ...spawns(texts, names, before, now)],
    now: place(texts, names, now),
    next: now.reason === 'yield' ? next(texts, names, now) : '',
  };
}

/** Tells what has happened between the last pause and the program's end. */
export function narrateEnd(
  texts: GuideTexts,
  before: Pause | undefined,
  rows: readonly SwitchRow[],
  greenlets: readonly GreenletInfo[],
): Narration {
  const end: Pause = { reason: 'end', greenlet: 0, waitingOn: null, greenlets, ready: [] };
  const happened = switches(texts, new Names(texts, greenlets), before, rows, end);
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
    const words = on.replace(/(\S+) #(\d+)/g, (whole, name, id) =>
      this.info(Number(id))?.name === name ? this.of(Number(id)) : whole,
    );
    return words === on ? on : this.#texts.list(words.split(', '));
  }

  wait(waitingOn: WaitingOn): Wait {
    const { kind: call, name, owner } = waitingOn;
    const holder = owner === undefined ? '' : this.of(owner);
    return { kind: kindOfWait(waitingOn), call, on: this.inWords(name), owner: holder };
  }
}

/** What each greenlet waits for, as far as that is known: it changes from switch to switch. */
type Waits = Map<number, Wait>;

function switches(
  texts: GuideTexts,
  names: Names,
  before: Pause | undefined,
  rows: readonly SwitchRow[],
  now: Pause,
): string[] {
  const complete = rows.filter((row) => row.to !== 0 || row.reason !== 'wake');
  const waits = waitsAt(names, before);
  const queue = new Queue(before);
  const told: string[] = [];
  for (let at = 0; at < complete.length; at++) {
    const row = complete[at] as SwitchRow;
    const following = complete[at + 1];
    const first = stopped(texts, names, row, waits, before, now, at === 0);
    const isIdle = row.to === 0;
    const wakes = isIdle && following?.from === 0 ? following : undefined;
    if (wakes !== undefined) at++;
    const to = wakes?.to ?? row.to;
    const second = isIdle
      ? wakes === undefined
        ? texts.idles
        : texts.idledUntil(goesOn(texts, names, to, waits, queue))
      : goesOn(texts, names, to, waits, queue);
    queue.switched(row.from, to, waits.get(row.from)?.kind === 'turn');
    waits.delete(to);
    told.push(texts.sentence(first, second));
  }
  const hidden = told.length - TOLD;
  return hidden > 0 ? [texts.earlier(hidden), ...told.slice(-TOLD)] : told;
}

/** Who is in the queue and who has run, as far as the pause before and the switches since tell it. */
class Queue {
  readonly #ready: Set<number>;
  readonly #hasRun: Set<number>;

  constructor(before: Pause | undefined) {
    this.#ready = new Set(before?.ready);
    const begun = before?.greenlets.filter((each) => each.location !== null) ?? [];
    this.#hasRun = new Set(begun.map((each) => each.id));
  }

  has(id: number): boolean {
    return this.#ready.has(id);
  }

  hasRun(id: number): boolean {
    return this.#hasRun.has(id);
  }

  switched(from: number, to: number, isTurn: boolean): void {
    if (isTurn) this.#ready.add(from);
    this.#ready.delete(to);
    this.#hasRun.add(from).add(to);
  }
}

function waitsAt(names: Names, pause: Pause | undefined): Waits {
  const waits: Waits = new Map();
  for (const { id, waitingOn } of pause?.greenlets ?? []) {
    if (waitingOn !== null) waits.set(id, names.wait(waitingOn));
  }
  return waits;
}

/** Why the greenlet of a row has stopped running; notes what it waits for. */
function stopped(
  texts: GuideTexts,
  names: Names,
  { from, reason, source }: SwitchRow,
  waits: Waits,
  before: Pause | undefined,
  now: Pause,
  isFirst: boolean,
): string {
  const name = names.of(from);
  const info = names.info(from);
  // The row of an end has no place; that of a greenlet which waits in `kill` has one.
  if (source === '' && reason === 'kill') return texts.killed(name);
  if (source === '' && reason === 'exit') {
    return info?.state === 'failed'
      ? texts.failed(name, firstLine(info.exception ?? ''))
      : texts.ended(name);
  }
  const wait = waitOf(names, from, reason, before, now, isFirst);
  waits.set(from, wait);
  return texts.parked(name, wait);
}

/** The wait of a row: told in full by the pause that stood at it, or by the greenlet while it still waits. */
function waitOf(
  names: Names,
  from: number,
  reason: string,
  before: Pause | undefined,
  now: Pause,
  isFirst: boolean,
): Wait {
  if (isFirst && before?.greenlet === from && before.waitingOn?.kind === reason) {
    return names.wait(before.waitingOn);
  }
  const info = now.greenlets.find((each) => each.id === from);
  if (info?.waitingOn?.kind === reason) return names.wait(info.waitingOn);
  const isTurn = reason === 'sleep' && info?.state === 'ready';
  return { kind: isTurn ? 'turn' : kindOfCall(reason), call: reason, on: isTurn ? '0' : '', owner: '' };
}

/** Why a greenlet runs. */
function goesOn(texts: GuideTexts, names: Names, id: number, waits: Waits, queue: Queue): string {
  const name = names.of(id);
  const wait = waits.get(id);
  if (wait !== undefined && wait.kind !== 'turn') return texts.woken(name, wait);
  if (!queue.hasRun(id)) return texts.starts(name);
  return queue.has(id) || wait !== undefined ? texts.wasReady(name) : texts.runs(name);
}

/** Who has been spawned since, by spawner. */
function spawns(
  texts: GuideTexts,
  names: Names,
  before: Pause | undefined,
  now: Pause,
): string[] {
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
