/** The process of a program, whoever has started it. */

import type { CdpConnection } from '../cdp/connection.ts';
import { evaluateRemote } from '../cdp/remote.ts';

/** How a process ended; neither is known of one that somebody else has started. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ProgramProcess {
  /** Settles when the process has ended and all its output was passed on. */
  readonly ended: Promise<Exit>;
  /** Asks the program to end, and ends it a second later if it has not. */
  terminate(): void;
  /** Ends the process at once. */
  kill(): void;
}

const UNKNOWN: Exit = { code: null, signal: null };

/** The process of a program that somebody else has started: it is gone when its inspector is. */
export class ForeignProcess implements ProgramProcess {
  readonly ended: Promise<Exit>;
  private readonly connection: CdpConnection;

  constructor(connection: CdpConnection) {
    this.connection = connection;
    this.ended = new Promise((resolve) => connection.onClose(() => resolve(UNKNOWN)));
  }

  terminate(): void {
    this.end(() => {
      // A handler may clean up; whoever has none ends here.
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000).unref();
      process.kill(process.pid, 'SIGTERM');
    });
  }

  kill(): void {
    this.end(() => process.kill(process.pid, 'SIGKILL'));
  }

  /** Runs a function in the program, which ends it: it may be on another machine. */
  private end(how: () => unknown): void {
    const { connection } = this;
    evaluateRemote(connection, how)
      .catch(() => {})
      .then(() => connection.send('Debugger.disable'))
      .catch(() => {});
  }
}
