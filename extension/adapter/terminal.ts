/** Programs in a terminal of the editor's, where they can read what is typed. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { commandOf } from './debuggee.ts';
import { UserError } from './errors.ts';
import { inspectorSoonAt } from './inspector.ts';
import type { Launch } from './launch.ts';

/** How long a program may take until its inspector answers, in seconds. */
const START_LIMIT = 15;

/** Asks the editor to run a command in a terminal. */
export type RunInTerminal = (args: DebugProtocol.RunInTerminalRequestArguments) => Promise<void>;

/**
 * Starts a program in a terminal, halted before its first line.
 *
 * @param runtimePath the folder of the runtime's build.
 * @returns the inspector's address.
 * @throws {UserError} if the editor has no terminal, or if the program does not start.
 */
export async function startInTerminal(
  launch: Launch,
  runtimePath: string,
  run: RunInTerminal,
): Promise<string> {
  const port = await freePort();
  const { executable, args, env } = commandOf(launch, runtimePath, port);
  await run({
    kind: launch.console === 'externalTerminal' ? 'external' : 'integrated',
    title: `Greenlets: ${basename(launch.program)}`,
    cwd: launch.cwd,
    args: [executable, ...args],
    env,
  });
  return inspectorSoonAt(port, START_LIMIT).catch(() => {
    throw new UserError(
      l10n.t(
        'The program has not started in the terminal within {0} seconds; the terminal shows why.',
        START_LIMIT,
      ),
    );
  });
}

/** A port that nobody listens on now. Whoever prints to a terminal cannot tell us which one it has chosen. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
