/** Preloaded by the debug adapter: transforms the program, records it, and lets the adapter pause it. */

import { isMainThread } from 'node:worker_threads';
import './index.ts';
import './register.ts';
import { installBridge } from './instrument/bridge.ts';
import { warnBlocking } from './monkey/patch.ts';

if (isMainThread) {
  installBridge();
  if (process.env.GREENLETS_WARN_BLOCKING !== '0') warnBlocking();
}
