/** Queues between greenlets: the names that programs import from `greenlets/queue`. */

import './node/install.ts';

export type { GetOptions } from './sync/async-result.ts';
export { Channel } from './sync/channel.ts';
export { LifoQueue, PriorityQueue } from './sync/ordered-queues.ts';
export { type PutOptions, Queue, Queue as JoinableQueue, SimpleQueue } from './sync/queue.ts';
export { Empty, Full, ShutDown } from './sync/queue-errors.ts';
export { StopIteration } from './sync/queue-iterator.ts';
