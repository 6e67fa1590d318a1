/** Two sockets that are connected to each other (gevent's `socketpair`). */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { called } from '../core/call.ts';
import { switching } from '../core/ordinary.ts';
import { StreamSocket } from './stream-socket.ts';

/** Makes two sockets that are connected to each other. May switch. Node has no `socketpair`: they meet at a path of their own. */
export const socketpair: () => [StreamSocket, StreamSocket] = switching(
  'socketpair',
  socketpairForm,
) as never;

function* socketpairForm(): Generator<undefined, [StreamSocket, StreamSocket], unknown> {
  const windows = process.platform === 'win32';
  // Nobody else can look into the folder, so whoever connects is ours.
  const folder = windows ? undefined : mkdtempSync(join(tmpdir(), 'greenlets-'));
  const path = folder === undefined ? `\\\\.\\pipe\\${randomUUID()}` : join(folder, 's');
  const listener = new StreamSocket('Unix');
  const near = new StreamSocket('Unix');
  try {
    listener.bind(path);
    yield* called(listener.listen, listener, 1);
    yield* called(near.connect, near, path);
    near.peer = '';
    const [far] = (yield* called(listener.accept, listener)) as [StreamSocket];
    return [near, far];
  } catch (error) {
    near.close();
    throw error;
  } finally {
    listener.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
