/** A request that an HttpServer has got. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpMessage } from './http-message.ts';
import { acceptUpgrade, type Upgrade } from './upgrade.ts';
import type { WebSocket } from './web-socket.ts';

/**
 * A request: what was asked, and the body, which is read as it arrives.
 *
 *     const { name } = request.json<{ name: string }>();
 */
export class HttpRequest extends HttpMessage {
  /** The method: `GET`. */
  readonly method: string;
  /** What was asked for, as it was sent: `/users?page=2`. */
  readonly url: string;
  private parsed: URL | null = null;
  /** The answer, as long as the client waits for `100 Continue` before it sends the body. */
  private waiting: ServerResponse | null;
  private readonly upgrade: Upgrade | null;

  /**
   * @internal
   * @param waiting the answer, if the client waits for `100 Continue` before it sends the body.
   * @param upgrade what the client's wish to change the protocol needs.
   */
  constructor(raw: IncomingMessage, waiting: ServerResponse | null, upgrade: Upgrade | null) {
    super(raw);
    this.method = raw.method ?? 'GET';
    this.url = raw.url ?? '/';
    this.waiting = waiting;
    this.upgrade = upgrade;
  }

  /** The path of `url`, without the query: `/users`. */
  get path(): string {
    return this.parse().pathname;
  }

  /** The query of `url`. */
  get query(): URLSearchParams {
    return this.parse().searchParams;
  }

  /** The client's address. */
  get remoteAddress(): string {
    return this.raw.socket.remoteAddress ?? '';
  }

  /** Whether the client wants a WebSocket. */
  get isWebSocket(): boolean {
    return this.upgrade !== null && this.headers.upgrade?.toLowerCase() === 'websocket';
  }

  override get label(): string {
    return `${this.method} ${this.url}`;
  }

  /**
   * Makes a WebSocket of the connection. It is closed when the handler ends. Never switches.
   *
   * @param protocol the one of the client's protocols that is chosen; none by default.
   * @throws {HttpError} 400, if the client wants none, or is wrong about how to ask.
   */
  acceptWebSocket(protocol?: string): WebSocket {
    return acceptUpgrade(this, this.isWebSocket ? this.upgrade : null, protocol);
  }

  /** @internal Whether the client still waits to be told to send the body. */
  get isWithheld(): boolean {
    return this.waiting !== null;
  }

  /** @internal The handler is done: closes the WebSocket. @returns whether there is one. */
  endUpgrade(code: number): boolean {
    this.upgrade?.accepted?.close(code);
    return this.upgrade?.accepted !== undefined;
  }

  override wantBody(): void {
    this.waiting?.writeContinue();
    this.waiting = null;
  }

  private parse(): URL {
    // The path of a request may begin with two slashes, which would be a host.
    this.parsed ??= new URL(`http://localhost${this.url.startsWith('/') ? this.url : '/'}`);
    return this.parsed;
  }
}
