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
  /** How long this thread had waited for a processor at the last look before it. */
  waited: number;
  /** Whether it was told already. */
  isTold: boolean;
}

export class Blocked {
  private readonly book: LintBook;
  private readonly recorder: Recorder;
  private readonly limit: number;
  private readonly contention: () => number;
  private turn: Turn | null = null;
  /** How long this thread had waited for a processor at the last look. */
  private waited: number;
  /** The turn that the debugger has paused the program in: time that is spent there is nobody's fault. */
  private excused: { greenlet: Greenlet; number: number } | null = null;

  /**
   * @param limit a turn of more seconds is too long.
   * @param contention see `LintOptions`.
   */
  constructor(book: LintBook, recorder: Recorder, limit: number, contention: () => number) {
    this.book = book;
    this.recorder = recorder;
    this.limit = limit;
    this.contention = contention;
    this.waited = contention();
  }

  /** Looks at the turn that runs. */
  look(): void {
    const { current: greenlet } = hub;
    const { turn } = this;
    const waited = this.contention();
    if (turn !== null && !isThis(turn, greenlet)) this.finish(turn, waited);
    if (greenlet === null || isThis(this.excused, greenlet)) {
      this.turn = null;
    } else {
      this.turn ??= this.see(greenlet);
      this.judge(this.turn, hub.now(), waited);
    }
    this.waited = waited;
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
    const { waited } = this;
    return { greenlet, number, row, began: began ?? hub.now(), stack, waited, isTold: false };
  }

  /** The turn has ended since it was seen. */
  private finish(turn: Turn, waited: number): void {
    this.turn = null;
    const end = this.recorder.timeOf(turn.row);
    if (end !== undefined) this.judge(turn, end, waited);
  }

  private judge(turn: Turn, now: number, waited: number): void {
    const seconds = now - turn.began - (waited - turn.waited);
    if (!(seconds > this.limit) || !holdsUpOthers(turn.greenlet)) return;
    const { greenlet, isTold } = turn;
    const stack = turn.stack();
    turn.isTold = true;
    if (isTold) this.book.prolong('blocked', stack[0], seconds);
    else this.book.add({ code: 'blocked', greenlet, subject: '', seconds, stack });
  }
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
