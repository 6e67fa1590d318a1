/** The process of a program, whoever has started it. */

import type { CdpConnection } from '../cdp/connection.ts';

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

/** How long a program may take to end by itself after a polite signal, in milliseconds. */
export const TERMINATION_GRACE = 1000;

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
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.kill(), TERMINATION_GRACE);
    this.ended.then(() => clearTimeout(timer));
  }

  kill(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    const { connection } = this;
    if (!connection.isOpen) return;
    // A paused program does not hear a polite signal.
    connection.send('Debugger.disable').catch(() => {});
    // In the program itself, which may be on another machine.
    const kill = (each: string) => process.kill(process.pid, each);
    const expression = `(${kill})(${JSON.stringify(signal)})`;
    connection.send('Runtime.evaluate', { expression, silent: true }).catch(() => {});
  }
}
