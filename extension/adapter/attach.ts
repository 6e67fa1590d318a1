/** `attach`: joining a program that runs already, or that waits for a debugger before its first line. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { PROTOCOL_VERSION } from '../../runtime/src/protocol/snapshot.ts';
import type { CdpConnection } from '../cdp/connection.ts';
import { evaluateRemote } from '../cdp/remote.ts';
import type { EvaluateResult, Paused } from '../cdp/types.ts';
import { UserError } from './errors.ts';

/** The attributes of an attach configuration. */
export interface AttachArguments extends DebugProtocol.AttachRequestArguments {
  port?: number;
  address?: string;
  skipFiles?: string[];
  /** Set by us, for a child of a program that is being debugged: it waits, and its output is that one's. */
  isChild?: boolean;
}

/** An attach whose attributes are in order. */
export interface Attach {
  port: number;
  address: string;
  skipFiles: string[];
  isChild: boolean;
}

/** How long a program may take from its start to its runtime, or to its first line, in milliseconds. */
const START_LIMIT = 10_000;
/** How long to wait between two looks for the runtime of a program that is just starting, in milliseconds. */
const RETRY = 50;
const LARGEST_PORT = 65535;

/**
 * Checks the attributes.
 *
 * @throws {UserError} which attribute is wrong, and how.
 */
export function checkAttach({
  port,
  address = '127.0.0.1',
  skipFiles = [],
  isChild = false,
}: AttachArguments): Attach {
  if (port === undefined) {
    throw new UserError(
      l10n.t(
        'No port to attach to was given: set "port" to that of node --inspect (by default 9229).',
      ),
    );
  }
  if (!Number.isInteger(port) || port < 1 || port > LARGEST_PORT) {
    throw new UserError(
      l10n.t('"port" must be a whole number from 1 to {0}, not {1}.', LARGEST_PORT, port),
    );
  }
  if (typeof address !== 'string' || address === '') {
    throw new UserError(l10n.t('"address" must be the name or number of a host.'));
  }
  return { port, address, skipFiles, isChild };
}

/** Where the runtime of a program lies, and whether the program stands before its first line. */
export interface Joined {
  folder: string;
  isAtEntry: boolean;
}

/**
 * Joins a program: compares versions, and lets its runtime load the debugger's part.
 *
 * @throws {UserError} if the program runs without the runtime, or with one of another version.
 */
export async function join(connection: CdpConnection): Promise<Joined> {
  const { offer, isAtEntry } = await meet(connection);
  if (offer === null) {
    throw new UserError(
      l10n.t(
        'The program runs without the greenlets runtime: start it with node --inspect --import greenlets/register PROGRAM.',
      ),
    );
  }
  checkVersion(offer.protocol);
  // Keep this free of names from outside: it runs in the debuggee.
  await evaluateRemote(connection, () =>
    Reflect.get(globalThis, Symbol.for('greenlets.attach')).load(),
  );
  return { folder: offer.folder, isAtEntry };
}

/** @throws {UserError} if the runtime speaks another version of the protocol than the debugger. */
export function checkVersion(protocol: number): void {
  if (protocol === PROTOCOL_VERSION) return;
  throw new UserError(
    l10n.t(
      "The program's greenlets runtime speaks version {0} of the debugger's protocol, this debugger version {1}.",
      protocol,
      PROTOCOL_VERSION,
    ),
  );
}

/** Whether a program, whose runtime is there already, was started so that it pauses at its first line. */
async function breaksAtEntry(connection: CdpConnection): Promise<boolean> {
  const { result } = await connection.send<EvaluateResult>('Runtime.evaluate', {
    expression: "[...process.execArgv, process.env.NODE_OPTIONS].join(' ')",
    returnByValue: true,
    silent: true,
  });
  return /--inspect-brk\b/.test(String(result.value));
}

/** What the runtime of a program says of itself to whoever wants to debug it. */
interface Offer {
  protocol: number;
  folder: string;
}

async function offerOf(connection: CdpConnection): Promise<Offer | null> {
  const { result } = await connection.send<EvaluateResult>('Runtime.evaluate', {
    expression: `(${() => {
      const offer = Reflect.get(globalThis, Symbol.for('greenlets.attach'));
      return offer === undefined ? null : { protocol: offer.protocol, folder: offer.folder };
    }})()`,
    returnByValue: true,
    silent: true,
  });
  return result.value as Offer | null;
}

/**
 * Finds the offer of a program's runtime. It is not there yet where the program is just starting, or waits for a debugger: then that
 * is what it is told to do, up to its first line.
 */
async function meet(
  connection: CdpConnection,
): Promise<{ offer: Offer | null; isAtEntry: boolean }> {
  const found = await offerOf(connection);
  if (found !== null) return { offer: found, isAtEntry: false };
  let isAtEntry = false;
  let isOver = false;
  connection.on<Paused>('Debugger.paused', ({ reason }) => {
    if (isOver) return;
    if (reason === 'instrumentation') connection.send('Debugger.resume').catch(() => {});
    else isAtEntry = true;
  });
  connection.on('NodeRuntime.waitingForDisconnect', () => {
    isOver = true;
  });
  await connection.send('Runtime.runIfWaitingForDebugger');
  const end = performance.now() + START_LIMIT;
  while (!isAtEntry && !isOver && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, RETRY));
    isOver ||= (await offerOf(connection)) !== null && !(await breaksAtEntry(connection));
  }
  isOver = true;
  return { offer: await offerOf(connection), isAtEntry };
}
