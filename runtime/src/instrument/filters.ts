/**
 * What the debugger wants to pause on, and under which conditions. They are evaluated here, in the program: a question to the
 * debugger at each moment would cost a thousand times more than the moment.
 */

import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import type { Moment, PauseFilters } from '../protocol/bridge.ts';

/** The filters that are on, one for each moment; null: the program does not pause at it. */
export class Filters {
  switch: Filter | null = null;
  spawn: Filter | null = null;
  start: Filter | null = null;
  exit: Filter | null = null;
  kill: Filter | null = null;
  timeout: Filter | null = null;
  deadlock: Filter | null = null;
  blocked: Filter | null = null;
  uncaught: Filter | null = null;
  caught: Filter | null = null;

  /**
   * Reads the debugger's wishes.
   *
   * @returns the filters, and why conditions cannot be read; a moment whose condition cannot be read is off.
   */
  static of(wanted: PauseFilters): { filters: Filters; problems: PauseFilters } {
    const filters = new Filters();
    const problems: PauseFilters = {};
    for (const [moment, text] of Object.entries(wanted) as [Moment, string][]) {
      try {
        filters[moment] = new Filter(text);
      } catch (error) {
        problems[moment] = (error as Error).message;
      }
    }
    return { filters, problems };
  }
}

/** What happens at a moment. */
export interface Facts {
  /** The greenlet that is named: it gives way, is spawned, starts, ends, is killed, or throws. */
  greenlet: Greenlet | null;
  /** Who did it, or stops running; by default the greenlet itself. */
  from?: Greenlet | null;
  /** Whom it is done to, or who runs next; by default whoever is the first of those that are ready. */
  to?: Greenlet;
  /** Why, in the words of the history. */
  reason: string;
  /** What is thrown. */
  error?: unknown;
}

export class Filter {
  private readonly condition: Condition | null;
  private readonly usesNext: boolean;
  private count = 0;

  /**
   * @param text an expression over `from`, `to`, `reason`, `name`, `count` and `error`; empty: every moment counts.
   * @throws {SyntaxError} if it is none.
   */
  constructor(text: string) {
    this.condition = text.trim() === '' ? null : compile(text);
    this.usesNext = /\bto\b/.test(text);
  }

  /** Whether the program pauses at this moment. An error in the condition is a no. */
  admits({ greenlet, from = greenlet, to, reason, error }: Facts): boolean {
    this.count++;
    const { condition } = this;
    if (condition === null) return true;
    const next = to ?? (this.usesNext ? firstReady() : null);
    try {
      const name = subject(greenlet).name;
      return Boolean(condition(subject(from), subject(next), reason, name, this.count, error));
    } catch {
      return false;
    }
  }
}

type Condition = (
  from: Subject,
  to: Subject,
  reason: string,
  name: string,
  count: number,
  error: unknown,
) => unknown;

/** A greenlet as conditions see it; without one, the hub. */
interface Subject {
  id: number;
  name: string;
  state: string;
}

function subject(greenlet: Greenlet | null): Subject {
  if (greenlet === null) return { id: 0, name: 'hub', state: 'running' };
  const { id, name, state } = greenlet;
  return { id, name, state };
}

/** Who runs next, where that is known: a notification can wake any number of greenlets. */
function firstReady(): Greenlet | null {
  const [first] = hub.ready();
  return first !== undefined && 'waitKind' in first ? (first as Greenlet) : null;
}

function compile(text: string): Condition {
  const names = ['from', 'to', 'reason', 'name', 'count', 'error'];
  return new Function(...names, `"use strict"; return (${text}\n)`) as Condition;
}
