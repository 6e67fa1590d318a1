/** Finds the inspector of a program that was started by somebody else. */

import { get } from 'node:http';
import * as l10n from '@vscode/l10n';
import { UserError } from './errors.ts';

/** How long the inspector may take to answer, in milliseconds. */
const ANSWER_LIMIT = 5000;
/** How long to wait between two looks for a program that is just starting, in milliseconds. */
const RETRY = 50;

/**
 * Asks an inspector for its address.
 *
 * @returns `ws://127.0.0.1:9229/…`.
 * @throws {UserError} if nobody listens there, or something else does.
 */
export async function inspectorAt(address: string, port: number): Promise<string> {
  const where = `${address}:${port}`;
  const text = await read(address, port).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ECONNREFUSED' ? 'nothing listens there' : error.message;
    throw new UserError(
      l10n.t(
        'There is no program to attach to at {0}: {1}. Start it with node --inspect={2} --import greenlets/register PROGRAM.',
        where,
        reason,
        where,
      ),
    );
  });
  try {
    const [target] = JSON.parse(text) as { webSocketDebuggerUrl?: string }[];
    if (target !== undefined && target.webSocketDebuggerUrl === undefined) {
      throw new UserError(l10n.t('Another debugger is attached to the program at {0}.', where));
    }
    return new URL(target?.webSocketDebuggerUrl ?? '').href;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(l10n.t("What listens at {0} is no inspector of Node's.", where));
  }
}

/**
 * Waits for the inspector of a program that is just starting.
 *
 * @param seconds how long.
 * @throws {UserError} if it does not come.
 */
export async function inspectorSoonAt(port: number, seconds: number): Promise<string> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await inspectorAt('127.0.0.1', port);
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}

function read(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host, port, path: '/json/list', timeout: ANSWER_LIMIT }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('it does not answer')));
    request.on('error', reject);
  });
}
