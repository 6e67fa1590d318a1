/** Making a WebSocket of a connection, on the server's side. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket as RawWebSocket, WebSocketServer } from 'ws';
import { HttpError } from './http-error.ts';
import { WebSocket } from './web-socket.ts';

/** What Node gives with a request that wants another protocol. */
export interface Upgrade {
  /** The answer, if the protocol stays as it is. */
  readonly response: ServerResponse;
  readonly stream: Duplex;
  /** What the client has sent after the request. */
  readonly head: Buffer;
  /** What was made of it. */
  accepted?: WebSocket;
}

/** What is asked. */
interface Request {
  readonly raw: IncomingMessage;
  readonly url: string;
}

/**
 * Answers with `101 Switching Protocols`. Never switches.
 *
 * @param upgrade null: the client does not want it.
 * @param protocol the one that is chosen of those that the client knows.
 * @throws {HttpError} 400, if it cannot be.
 */
export function acceptUpgrade(
  { raw, url }: Request,
  upgrade: Upgrade | null,
  protocol: string | undefined,
): WebSocket {
  const refused = (reason: string) => new HttpError({ status: 400, reason, url });
  if (upgrade === null) throw refused('The client wants no WebSocket');
  if (upgrade.accepted !== undefined) throw refused('The request is a WebSocket already');
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: () => protocol ?? false,
  });
  let problem = 'The request for a WebSocket is wrong';
  server.on('wsClientError', (error) => {
    problem = error.message;
  });
  let made: RawWebSocket | undefined;
  upgrade.response.detachSocket(upgrade.stream as never);
  server.handleUpgrade(raw, upgrade.stream, upgrade.head, (socket) => {
    made = socket;
  });
  if (made === undefined) {
    upgrade.response.assignSocket(upgrade.stream as never);
    throw refused(problem);
  }
  upgrade.accepted = new WebSocket(made, url);
  return upgrade.accepted;
}
