/** Connections under fault injection. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/faults.ts', import.meta.url);
