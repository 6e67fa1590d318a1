/** Servers: `greenlets/server`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/servers.ts', import.meta.url);
await testBlocking('./programs/limits.ts', import.meta.url);
