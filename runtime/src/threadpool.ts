/** Threads: the names that programs import from `greenlets/threadpool`. */

import './node/install.ts';

export type { ModuleJob, Work } from './system/job-module.ts';
export { ThreadEnded } from './system/thread.ts';
export { ThreadPool } from './system/thread-pool.ts';
