/** Threads: `greenlets/threadpool`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/threads.ts', import.meta.url);
