/** Child processes: `greenlets/subprocess`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/subprocess.ts', import.meta.url);
