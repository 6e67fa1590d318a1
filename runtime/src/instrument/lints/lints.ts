/**
 * The lints: rules over what the hub, the recorder and the wait graph know. Most of them are asked some times a second, by whoever
 * watches the program, and at its end; so what the program does all the time costs nothing.
 */

import { LoopExit } from '../../core/errors.ts';
import { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import { notices } from '../../core/notice.ts';
import type { Probe } from '../../core/probe.ts';
import type { Lints as Found, Lint } from '../../protocol/lints.ts';
import type { Recorder } from '../recorder.ts';
import { Blocked } from './blocked.ts';
import { LintBook, stackHere, wakersAsParties } from './book.ts';
import { Deadlocks } from './deadlocks.ts';
import { reachOnHeap } from './heap-reach.ts';
import { leaked } from './leaks.ts';
import { type ProcessorTime, processorTime } from './processor-time.ts';
import { serving } from './serving.ts';
import { Starvation } from './starvation.ts';
import { Swallowed } from './swallowed.ts';

/** A turn of so many seconds blocks the hub, where nobody says otherwise. */
export const BLOCKED_AFTER = 0.1;

/** Rules that ask all greenlets take at most this part of the time. */
const SHARE = 0.02;
/** Each costs the stack where it is made: of a program that makes them all the time, so many are enough. */
const MOST_NOTICES = 1000;

export interface LintOptions {
  /** A turn of more seconds blocks the hub. */
  blockedAfter?: number;
  /** Tells this thread's time on processors. */
  time?: () => ProcessorTime;
}

export class Lints implements Pick<Probe, 'kill' | 'exit'> {
  private readonly book: LintBook;
  private readonly recorder: Recorder;
  private readonly blocked: Blocked;
  private readonly starvation: Starvation;
  private readonly swallowed: Swallowed;
  private readonly deadlocks: Deadlocks;
  /** Not before this time all greenlets are asked again, in the hub's seconds. */
  private nextRound = 0;

  /**
   * Listens from now on.
   *
   * @param tell hears of each finding.
   */
  constructor(
    recorder: Recorder,
    tell: (lint: Lint) => void = () => {},
    { blockedAfter = BLOCKED_AFTER, time = processorTime }: LintOptions = {},
  ) {
    this.book = new LintBook(tell);
    this.recorder = recorder;
    this.blocked = new Blocked(this.book, recorder, blockedAfter, time);
    this.starvation = new Starvation(this.book, recorder);
    this.swallowed = new Swallowed(this.book);
    this.deadlocks = new Deadlocks(this.book);
    recorder.rarely = this;
    let heard = 0;
    notices.listener = ({ kind, subject }) => {
      if (heard++ < MOST_NOTICES)
        this.book.add({ code: kind, greenlet: hub.current, subject, stack: stackHere()() });
    };
  }

  /** What was found so far. */
  read(since?: number): Found {
    return this.book.read(since);
  }

  kill(greenlet: Greenlet, error: unknown): void {
    if (!(error instanceof LoopExit)) this.swallowed.thrown(greenlet, error);
    else if (greenlet === hub.main) this.deadlocks.total(error);
  }

  exit(greenlet: Greenlet): void {
    this.swallowed.ended(greenlet);
  }

  /** Looks at what runs, in the middle of it; to be called some times a second. */
  beat(): void {
    this.blocked.look();
    this.starvation.look();
    this.swallowed.look(false);
    const now = hub.now();
    if (now < this.nextRound) return;
    this.starvation.lookAtLocks();
    if (hub.freezer === null) this.deadlocks.look(false);
    this.nextRound = now + (hub.now() - now) / SHARE;
  }

  /** A debugger has paused the program: time that passes now is nobody's fault. */
  paused(): void {
    this.blocked.excuse();
    this.starvation.forget();
  }

  /** Looks once more when the process ends, before the program's own listeners hear of that. */
  listenToEnd(): void {
    let isByItself = false;
    process.on('beforeExit', () => {
      isByItself = true;
    });
    process.once('exit', () => this.end(isByItself));
  }

  /**
   * The process ends.
   *
   * @param isByItself whether nothing was left to do: otherwise somebody has ended it in the middle of whatever it did.
   */
  end(isByItself: boolean): void {
    this.blocked.look();
    this.swallowed.look(true);
    if (!isByItself || hub.main.state !== 'finished') return;
    this.deadlocks.look(true);
    this.tellNeverRun();
    const lost = leaked(reachOnHeap).filter(
      (each) => !this.deadlocks.has(each) && !this.swallowed.has(each),
    );
    const servants = serving(this.recorder, lost);
    for (const greenlet of lost.filter((each) => !servants.has(each))) {
      const subject = greenlet.waitText();
      const others = wakersAsParties(greenlet);
      this.book.add({ code: 'leak', greenlet, subject, stack: greenlet.places(), others });
    }
  }

  /** Main did not wait for those that are ready for their first turn. */
  private tellNeverRun(): void {
    for (const greenlet of Greenlet.live()) {
      if (greenlet.begun || greenlet.state !== 'ready') continue;
      const stack = greenlet.spawnPlaces();
      this.book.add({ code: 'never-ran', greenlet, subject: '', stack });
    }
  }
}
