/** HTTP servers and `urlopen` under fault injection. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/http-faults.ts', import.meta.url);
