/** Finds greenlets that keep all others from running, while they do (gevent's monitoring thread). */

import { url } from 'node:inspector';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { addProbe } from '../core/probes.ts';
import { formatPlace } from '../core/sites.ts';
import { placesOfStack } from '../core/stack.ts';
import { DEBUGGED, LATE, RUNNING, SWITCHES, type Watch, WORDS } from './heartbeat.ts';
import { runtimeFolder } from './install.ts';

/** Options of `startMonitor`. */
export interface MonitorOptions {
  /** How long a greenlet may run without giving way, in seconds; 0.1 by default (gevent's `max_blocking_time`). */
  maxBlockingTime?: number;
}

/** A greenlet that does not give way (gevent's `EventLoopBlocked`). */
export interface Blocked {
  greenlet: Greenlet;
  /** For how long the monitor has watched it block, in seconds. */
  seconds: number;
  /**
   * Where it is: the native stack, then its parked callers, innermost first. Under a debugger, in a worker thread, and on Node before
   * 20.11 it is reported when it gives way, with the place where it does so; empty if it has ended.
   */
  stack: string[];
}

/** A report's native stack has up to so many frames. */
const DEPTH = 100;
const KEY = 'greenlets.monitor';

let running: Monitor | null = null;

/**
 * Watches this thread from another one, until `stop()` or the end of the process, which it does not delay. Once a greenlet has not given
 * way for `maxBlockingTime` seconds, and again each time as long has passed, `handleBlocked` is called. Never switches (gevent's
 * `Hub.start_periodic_monitoring_thread`).
 *
 * @throws {RangeError} unless `maxBlockingTime` is more than zero.
 * @throws {Error} if there is a monitor already.
 */
export function startMonitor({ maxBlockingTime = 0.1 }: MonitorOptions = {}): Monitor {
  if (!(maxBlockingTime > 0 && maxBlockingTime < Number.POSITIVE_INFINITY))
    throw new RangeError(`maxBlockingTime is more than 0 s, not ${maxBlockingTime}`);
  if (running !== null) throw new Error('This thread has a monitor already: stop() it first');
  running = new Monitor(maxBlockingTime);
  return running;
}

/** What `startMonitor` returns. */
export class Monitor {
  /**
   * Called with each report, in the middle of the code that blocks: it cannot switch. Assignable; the default prints the report to
   * stderr.
   */
  handleBlocked: (blocked: Blocked) => void = (blocked) => {
    process.stderr.write(formatBlocked(blocked));
  };

  private readonly memory = new Int32Array(new SharedArrayBuffer(WORDS * 4));
  private readonly thread: Worker;
  private readonly removeProbe: () => void;

  constructor(maxBlockingTime: number) {
    this.memory[RUNNING] = hub.current === null ? 0 : 1;
    this.noteDebugger();
    const report = (switches: number, milliseconds: number) => {
      if (this.memory[SWITCHES] !== switches || hub.current === null) return;
      const stack = [...nativeStack(), ...hub.current.stack()];
      this.report(hub.current, milliseconds, stack);
    };
    Object.defineProperty(globalThis, Symbol.for(KEY), { value: report, configurable: true });
    this.removeProbe = addProbe(hub, this.heartbeat());
    const period = maxBlockingTime * 1000;
    const workerData: Watch = { memory: this.memory, period, canPause: isMainThread, key: KEY };
    // Without the program's own preloads and options: they are none of its business.
    const options = { workerData, execArgv: [], env: {}, name: KEY };
    this.thread = new Worker(new URL('monitor-thread.cjs', runtimeFolder), options);
    this.thread.unref();
    this.thread.on('error', (error) => hub.handleError(this, error));
  }

  /** Ends the watch; nothing happens if it has ended. Never switches. */
  stop(): void {
    if (running !== this) return;
    running = null;
    this.removeProbe();
    delete (globalThis as { [key: symbol]: unknown })[Symbol.for(KEY)];
    void this.thread.terminate();
  }

  private heartbeat() {
    const { memory } = this;
    return {
      enter() {
        (memory[SWITCHES] as number)++;
        (memory[RUNNING] as number)++;
      },
      leave: (greenlet: Greenlet) => {
        (memory[SWITCHES] as number)++;
        // One that was killed before its start has never run.
        if (greenlet.begun) (memory[RUNNING] as number)--;
        if (memory[LATE] !== 0) this.reportLate(greenlet);
      },
      idle: () => {
        memory[RUNNING] = 0;
        this.noteDebugger();
      },
    };
  }

  private reportLate(greenlet: Greenlet): void {
    const milliseconds = this.memory[LATE] as number;
    this.memory[LATE] = 0;
    this.report(greenlet, milliseconds, greenlet.stack());
  }

  private report(greenlet: Greenlet, milliseconds: number, stack: string[]): void {
    try {
      this.handleBlocked({ greenlet, seconds: milliseconds / 1000, stack });
    } catch (error) {
      hub.handleError(this.handleBlocked, error);
    }
  }

  /** A pause of the monitor's would stop an attached debugger, too. */
  private noteDebugger(): void {
    this.memory[DEBUGGED] = url() === undefined ? 0 : 1;
  }
}

function formatBlocked({ greenlet, seconds, stack }: Blocked): string {
  const head = `${greenlet.label} appears to be blocked: it has not given way for ${seconds} seconds`;
  return `${[head, ...stack.map((line) => `    at ${line}`)].join('\n')}\n`;
}

/** The frames of the code that the report has interrupted. */
function nativeStack(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const trace = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return placesOfStack(trace).map(formatPlace);
}
