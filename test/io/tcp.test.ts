/** Connections: `greenlets/socket` on TCP and Unix sockets. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/tcp.ts', import.meta.url);
await testBlocking('./programs/waits.ts', import.meta.url);
