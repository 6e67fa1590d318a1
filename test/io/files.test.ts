/** Signals and files: `greenlets/signal`, `greenlets/fileobject`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/files.ts', import.meta.url);
