/** How a request is answered. */

import type { PauseFilters } from '../../../runtime/src/protocol/bridge.ts';
import type { Events } from '../events.ts';
import type { Program } from '../program.ts';

/** What a handler finds of its session. */
export interface Context {
  /**
   * The program.
   *
   * @throws {UserError} if there is none, or if it has ended.
   */
  running(): Program;
  /** The program, also after its end; undefined before it was started. */
  readonly program: Program | undefined;
  /** Whether the program runs under the debugger, not just by it. */
  readonly isDebugging: boolean;
  readonly events: Events;
  /** What the program pauses on. */
  filters: PauseFilters;
  /** Our place of a client's; both count as they do. */
  place(line: number, column: number | undefined): { line: number; column: number | undefined };
  /** Our path of a client's. */
  path(path: string): string;
  send(event: string, body: object): void;
  /** Lets the program run; an end at that moment is told elsewhere. */
  goOn(running: Promise<void>): void;
}

/** What comes of a request. */
export interface Answer {
  body?: object;
  /** What is done once the answer has been sent. */
  afterwards?: () => void;
}

/**
 * Answers a request.
 *
 * @throws {UserError} the sentence that says why it failed.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most requests have nothing to answer, and return nothing.
export type Handler<A = never> = (context: Context, args: A) => Promise<Answer | void>;
