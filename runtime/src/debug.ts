/** Preloaded by the debug adapter: transforms the program, records it, and lets the adapter pause it. */

import { isMainThread } from 'node:worker_threads';
import './index.ts';
import './register.ts';
import { installBridge } from './instrument/bridge.ts';

if (isMainThread) installBridge();
