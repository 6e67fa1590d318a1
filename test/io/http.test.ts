/** HTTP servers, `urlopen`, WebSockets: `greenlets/http`. */

import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/http.ts', import.meta.url);
