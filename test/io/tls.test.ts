/** TLS: `greenlets/ssl`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/tls.ts', import.meta.url);
