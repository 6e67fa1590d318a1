/** Locks between greenlets: the names that programs import from `greenlets/lock`. */

import './node/install.ts';

export { Condition, type Lock } from './sync/condition.ts';
export type { Held } from './sync/held.ts';
export { RLock } from './sync/rlock.ts';
export {
  type AcquireOptions,
  BoundedSemaphore,
  DummySemaphore,
  Semaphore,
} from './sync/semaphore.ts';
