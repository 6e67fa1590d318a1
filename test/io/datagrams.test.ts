/** UDP: the datagram sockets of `greenlets/socket`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/datagrams.ts', import.meta.url);
