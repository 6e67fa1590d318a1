/** Code that runs in the middle of a greenlet and is no part of it. */

import { RUNTIME_SITE } from './frame.ts';
import { hub } from './hub.ts';

/**
 * Runs code that belongs to no greenlet, on top of the one that runs: what it calls by ordinary forms, and switches, goes on in a
 * greenlet of its own. Never switches itself.
 */
export function aside<T>(run: () => T): T {
  const { current, barrier } = hub;
  if (current === null) return run();
  current.state = 'ready';
  hub.probe?.leave(current, 'async', RUNTIME_SITE, 0);
  hub.current = null;
  hub.barrier = 0;
  try {
    return run();
  } finally {
    hub.current = current;
    hub.barrier = barrier;
    current.state = 'running';
    hub.probe?.enter(current);
  }
}
