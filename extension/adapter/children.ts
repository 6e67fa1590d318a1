/** Greenlet programs that a debugged program starts: they announce themselves in a folder, and wait there until they are joined. */

import { type FSWatcher, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHILDREN, type ChildProgram } from '../../runtime/src/protocol/bridge.ts';
import { CdpConnection } from '../cdp/connection.ts';
import { inspectorAt } from './inspector.ts';

/** A child that waits to be joined. */
export interface Child extends ChildProgram {
  pid: number;
  /** Its inspector's, on this machine. */
  port: number;
}

export interface ChildrenListener {
  /** A child is going to open its inspector, of which Node says something on stderr. */
  opens(): void;
  /** A child waits to be joined; it fails if it will not be. */
  waits(child: Child): Promise<void>;
}

export class Children {
  /** Add it to the program's environment. */
  readonly env: Readonly<Record<string, string>>;
  private readonly folder = mkdtempSync(join(tmpdir(), 'greenlets-children-'));
  private readonly watcher: FSWatcher;
  private readonly listener: ChildrenListener;
  private readonly met = new Set<string>();

  constructor(listener: ChildrenListener) {
    this.listener = listener;
    this.env = { [CHILDREN]: this.folder };
    this.watcher = watch(this.folder, (_, name) => {
      if (name !== null) this.see(name);
    });
    this.watcher.on('error', () => {});
    this.watcher.unref();
  }

  /** Children that are started from now on run without a debugger. */
  dispose(): void {
    this.watcher.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A file has come, or something has happened to it. */
  private see(name: string): void {
    const [, pid, ending] = /^(\d+)\.(json|port)$/.exec(name) ?? [];
    if (pid === undefined || this.met.has(name)) return;
    try {
      const text = readFileSync(join(this.folder, name), 'utf8');
      this.met.add(name);
      if (ending === 'json') {
        this.listener.opens();
        writeFileSync(join(this.folder, `${pid}.ok`), '');
      } else this.join(Number(pid), Number(text));
    } catch {
      // The folder is being removed.
    }
  }

  private join(pid: number, port: number): void {
    const text = readFileSync(join(this.folder, `${pid}.json`), 'utf8');
    const child = { ...(JSON.parse(text) as ChildProgram), pid, port };
    this.listener.waits(child).catch(() => letGo(port));
  }
}

/** Lets a child run that nobody is going to join. */
async function letGo(port: number): Promise<void> {
  try {
    const connection = await CdpConnection.connect(await inspectorAt('127.0.0.1', port));
    await connection.send('Runtime.runIfWaitingForDebugger');
    connection.close();
  } catch {
    // It has ended.
  }
}
