/** Names of hosts: `greenlets/dns`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/dns.ts', import.meta.url);
