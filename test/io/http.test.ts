/** HTTP servers, `urlopen`, WebSockets: `greenlets/http`. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { testBlocking } from '../support/blocking.ts';

await testBlocking('./programs/http.ts', import.meta.url);
await testBlocking('./programs/urlopen.ts', import.meta.url);
await testBlocking('./programs/web-sockets.ts', import.meta.url);

test('what bundlers take can be loaded as a module, the bundled packages in it too', () => {
  const url = new URL('../../runtime/dist/esm/http.js', import.meta.url).href;
  const code = `const { WebSocket } = await import('${url}'); console.log(WebSocket.name);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code]);
  assert.match(String(output), /WebSocket/);
});
