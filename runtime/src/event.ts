/** Waiting for a flag or for a value: the names that programs import from `greenlets/event`. */

import './node/install.ts';

export { AsyncResult, type GetOptions } from './sync/async-result.ts';
export { Event } from './sync/event.ts';
