/**
 * Ends the debuggee when the adapter dies without a word: an editor that is killed must not leave programs behind that wait for
 * a debugger forever. A shell of its own waits at a pipe from the adapter, which the system closes in any case.
 */

import { type ChildProcess, spawn } from 'node:child_process';

/** It reads the group's number, then waits: a word means that all is well, the pipe's end without one that the adapter is gone. */
const SCRIPT =
  'read group; read word; [ "$word" = ended ] || [ -z "$group" ] || kill -s KILL -- "-$group" 2>/dev/null';

export class Watchdog {
  private readonly shell: ChildProcess | undefined;
  private readonly gone: Promise<void>;

  /** Starts the watchdog. Do that before the process that it is for, so that there is no moment without one. */
  constructor() {
    // On Windows there is neither a shell nor a group to end.
    if (process.platform === 'win32') {
      this.gone = Promise.resolve();
      return;
    }
    const shell = spawn('/bin/sh', ['-c', SCRIPT], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // In a group of its own it outlives the adapter's.
      detached: true,
      cwd: '/',
    });
    this.gone = new Promise((resolve) => {
      shell.once('exit', () => resolve());
      shell.once('error', () => resolve());
    });
    shell.stdin?.on('error', () => {});
    shell.unref();
    this.shell = shell;
  }

  /**
   * Watches over a process group.
   *
   * @param group the id of the group's first process.
   */
  watch(group: number): void {
    this.shell?.stdin?.write(`${group}\n`);
  }

  /** Sends the watchdog home; settles when it has gone. */
  dismiss(): Promise<void> {
    this.shell?.stdin?.end('ended\nended\n');
    return this.gone;
  }
}
