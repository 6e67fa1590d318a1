/** Signals (gevent's `signal_handler`). */

import { type Body, Greenlet } from '../core/greenlet.ts';

/** What `signal` has made. */
export interface SignalHandler {
  readonly signal: NodeJS.Signals;
  /** Hears the signal no more: it does again what it does by default, unless others hear it. Never switches. */
  cancel(): void;
  [Symbol.dispose](): void;
}

/**
 * Calls `fn(...args)` in a new greenlet each time the signal arrives. Never switches. It does not keep the process alive. The
 * signal's own effect, such as ending the process, no longer happens.
 *
 *     signal('SIGTERM', () => server.stop());
 *
 * @throws {Error} if the signal is unknown, or cannot be heard (SIGKILL, SIGSTOP).
 */
export function signal<A extends unknown[]>(
  name: NodeJS.Signals,
  fn: (...args: A) => unknown,
  ...args: A
): SignalHandler {
  if (typeof fn !== 'function') throw new TypeError(`The handler of ${name} must be a function`);
  const onSignal = () => {
    Greenlet.spawn(fn as Body, ...args);
  };
  process.on(name, onSignal);
  const cancel = () => {
    process.off(name, onSignal);
  };
  return { signal: name, cancel, [Symbol.dispose]: cancel };
}
