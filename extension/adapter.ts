/** `node dist/adapter.js`: the debug adapter on stdio. */

import { fileURLToPath } from 'node:url';
import { GreenletDebugSession } from './adapter/session.ts';

const runtimePath = fileURLToPath(new URL('../runtime/dist', import.meta.url));
const session = new GreenletDebugSession({ runtimePath });

/** Leaves no debuggee behind, whatever ends the adapter. */
function end(): void {
  session.end().finally(() => process.exit());
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
process.stdin.on('end', end);
process.stdout.on('error', end);
session.start(process.stdin, process.stdout);
