/** What was found in a program so far: kept here, since the program cannot be asked any more once it has ended. */

import type { Lint } from '../../runtime/src/protocol/lints.ts';
import { lintMessage } from '../model/lint-text.ts';

/** A finding as clients get it. */
export interface ToldLint extends Lint {
  /** The sentence that says what is wrong, in the client's language. */
  message: string;
}

export class FoundLints {
  private readonly byId = new Map<number, ToldLint>();
  private version = 0;

  /** Whether a finding was taken in before. */
  has(id: number): boolean {
    return this.byId.has(id);
  }

  /** Takes in a finding, or news of one. */
  take(lint: Lint): ToldLint {
    const told = { ...lint, message: lintMessage(lint) };
    this.byId.set(lint.id, told);
    this.version = lint.version;
    return told;
  }

  /** The findings, oldest first; those with a later version than `since`. */
  read(since: number = 0): { version: number; lints: ToldLint[] } {
    const lints = [...this.byId.values()].filter((each) => each.version > since);
    return { version: this.version, lints };
  }
}
