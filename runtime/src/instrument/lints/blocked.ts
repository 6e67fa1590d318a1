/**
 * Turns that last too long. A reading of the clock a switch would cost a fifth of it, so this looks at the turn from outside, some
 * times a second: the debugger's question comes in the middle of whatever runs, and so also finds the line that runs. When the turn
 * began and ended is told by the history, whose clock it asks to be read at the next row. Time in which other processes had the processors
 * is not the greenlet's fault.
 */

import { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import type { Place } from '../../core/sites.ts';
import type { Recorder } from '../recorder.ts';
import { type LintBook, stackHere } from './book.ts';
import type { ProcessorTime } from './processor-time.ts';

/** This part of a turn is much, for others to have the processors. */
const GOOD_PART = 0.1;

/** A turn that was seen, from when it was first seen on. */
interface Turn {
  greenlet: Greenlet;
  /** Its number among the greenlet's turns. */
  number: number;
  /** The row that its end begins. */
  row: number;
  /** When it began; where that is not known, when it was first seen. */
  began: number;
  stack: () => Place[];
  /** The thread's time at the last look before it. */
  before: ProcessorTime;
  /** Whether it was told already. */
  isTold: boolean;
}

export class Blocked {
  private readonly book: LintBook;
  private readonly recorder: Recorder;
  private readonly limit: number;
  private readonly processorTime: () => ProcessorTime;
  private turn: Turn | null = null;
  /** The thread's time at the last look. */
  private last: ProcessorTime;
  /** The turn that the debugger has paused the program in: time that is spent there is nobody's fault. */
  private excused: { greenlet: Greenlet; number: number } | null = null;

  /**
   * @param limit a turn of more seconds is too long.
   * @param time see `LintOptions`.
   */
  constructor(book: LintBook, recorder: Recorder, limit: number, time: () => ProcessorTime) {
    this.book = book;
    this.recorder = recorder;
    this.limit = limit;
    this.processorTime = time;
    this.last = time();
  }

  /** Looks at the turn that runs. */
  look(): void {
    const { current: greenlet } = hub;
    const { turn } = this;
    const time = this.processorTime();
    if (turn !== null && !isThis(turn, greenlet)) this.finish(turn, time);
    if (greenlet === null || isThis(this.excused, greenlet)) {
      this.turn = null;
    } else {
      this.turn ??= this.see(greenlet);
      this.judge(this.turn, hub.now(), time);
    }
    this.last = time;
  }

  /** The debugger has paused the program. */
  excuse(): void {
    const { current: greenlet } = hub;
    this.turn = null;
    this.excused = greenlet === null ? null : { greenlet, number: greenlet.switches };
  }

  private see(greenlet: Greenlet): Turn {
    const { row, began } = this.recorder.turn();
    const number = greenlet.switches;
    const stack = stackHere();
    const { last: before } = this;
    return { greenlet, number, row, began: began ?? hub.now(), stack, before, isTold: false };
  }

  /** The turn has ended since it was seen. */
  private finish(turn: Turn, time: ProcessorTime): void {
    this.turn = null;
    const end = this.recorder.timeOf(turn.row);
    if (end !== undefined) this.judge(turn, end, time);
  }

  private judge(turn: Turn, now: number, time: ProcessorTime): void {
    const seconds = ownTime(now - turn.began, turn.before, time);
    if (!(seconds > this.limit) || !holdsUpOthers(turn.greenlet)) return;
    const { greenlet, isTold } = turn;
    const stack = turn.stack();
    turn.isTold = true;
    if (isTold) this.book.prolong('blocked', stack[0], seconds);
    else this.book.add({ code: 'blocked', greenlet, subject: '', seconds, stack });
  }
}

/**
 * How much of a turn is the greenlet's own fault. Where others have had the processors for a good part of it, waits for the system are theirs, too:
 * a process that is started then takes long to begin.
 */
function ownTime(seconds: number, before: ProcessorTime, now: ProcessorTime): number {
  const waited = now.waited - before.waited;
  const own = seconds - waited;
  return waited > seconds * GOOD_PART ? Math.min(own, now.ran - before.ran) : own;
}

function isThis(
  turn: { greenlet: Greenlet; number: number } | null,
  greenlet: Greenlet | null,
): boolean {
  return turn?.greenlet === greenlet && turn?.number === greenlet?.switches;
}

/** Whether anybody could run meanwhile: another greenlet, or once main has ended whatever keeps the process alive. */
function holdsUpOthers(greenlet: Greenlet): boolean {
  if (hub.mainEnded) return true;
  for (const each of Greenlet.live()) if (each !== greenlet) return true;
  return false;
}
