/** Waiting for several at once: `greenlets/select`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/selecting.ts', import.meta.url);
