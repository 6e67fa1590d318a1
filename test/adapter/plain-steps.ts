/** How V8 by itself steps through a program that nobody has transformed: what the adapter's steps are compared with. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { CdpConnection } from '../../extension/cdp/connection.ts';
import type { CallFrame, Paused, ScriptParsed } from '../../extension/cdp/types.ts';

/** A program in Node's own debugger. */
export class PlainProgram {
  private readonly process: ChildProcess;
  private readonly connection: CdpConnection;
  private readonly url: string;
  private scriptId: string | undefined;
  private wake: ((paused: Paused | undefined) => void) | undefined;

  /**
   * Starts a program and runs it to its first breakpoint.
   *
   * @param lines one-based lines to break at.
   */
  static async start(path: string, lines: readonly number[]): Promise<[PlainProgram, Place]> {
    const child = spawn(process.execPath, ['--inspect-brk=127.0.0.1:0', path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const url = await inspectorOf(child);
    const program = new PlainProgram(child, await CdpConnection.connect(url), path);
    const { connection } = program;
    await connection.send('Debugger.enable');
    await connection.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    for (const line of lines) {
      await connection.send('Debugger.setBreakpointByUrl', {
        url: program.url,
        lineNumber: line - 1,
      });
    }
    await program.command('Runtime.runIfWaitingForDebugger');
    return [program, await program.command('Debugger.resume')];
  }

  private constructor(child: ChildProcess, connection: CdpConnection, path: string) {
    this.process = child;
    this.connection = connection;
    this.url = pathToFileURL(path).href;
    connection.on<ScriptParsed>('Debugger.scriptParsed', ({ url, scriptId }) => {
      if (url === this.url) this.scriptId = scriptId;
    });
    connection.on<Paused>('Debugger.paused', (paused) => this.wake?.(paused));
    connection.on('NodeRuntime.waitingForDisconnect', () => this.wake?.(undefined));
    connection.onClose(() => this.wake?.(undefined));
  }

  stepOver(): Promise<Place> {
    return this.command('Debugger.stepOver');
  }

  resume(): Promise<Place> {
    return this.command('Debugger.resume');
  }

  async end(): Promise<void> {
    this.connection.destroy();
    this.process.kill('SIGKILL');
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await once(this.process, 'exit');
    }
  }

  private async command(name: string): Promise<Place> {
    const paused = new Promise<Paused | undefined>((resolve) => {
      this.wake = resolve;
    });
    await this.connection.send(name);
    const top = (await paused)?.callFrames[0];
    return top === undefined ? undefined : this.placeOf(top);
  }

  private placeOf({ functionName, location }: CallFrame): Place {
    const isOutside = location.scriptId !== this.scriptId;
    return { name: functionName, line: location.lineNumber + 1, isOutside };
  }
}

/** Where a program has paused; undefined: it has ended. */
export type Place =
  | {
      /** The innermost function. */
      name: string;
      /** One-based. */
      line: number;
      /** Whether that is in another file than the program's. */
      isOutside: boolean;
    }
  | undefined;

async function inspectorOf({ stderr }: ChildProcess): Promise<string> {
  let text = '';
  for await (const part of stderr ?? []) {
    text += part;
    const url = /ws:\S+/.exec(text)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`Node has told of no inspector: ${text}`);
}
