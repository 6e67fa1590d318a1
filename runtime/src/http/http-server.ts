/** An HTTP server whose handlers run in greenlets (gevent's `pywsgi.WSGIServer`). */

import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket as NodeSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { called } from '../core/call.ts';
import { GreenletExit } from '../core/errors.ts';
import type { Body, Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import type { ListenAddress } from '../io/address.ts';
import { BaseServer, type BaseServerOptions } from '../io/base-server.ts';
import type { StreamOptions } from '../io/socket-options.ts';
import { SslContext, type SslContextOptions } from '../io/ssl-context.ts';
import { listenAt } from '../io/stream-server.ts';
import type { StreamSocket } from '../io/stream-socket.ts';
import { Event } from '../sync/event.ts';
import { Group } from '../sync/group.ts';
import type { Pool } from '../sync/pool.ts';
import { accessLine, type Log, writeLog } from './access-log.ts';
import { HttpRequest } from './http-request.ts';
import { type Content, HttpResponse, sendResult } from './http-response.ts';
import type { Upgrade } from './upgrade.ts';

/** Answers a request: returns the body, or the parts of it, or writes it to the response. */
export type HttpHandler = (
  request: HttpRequest,
  response: HttpResponse,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that writes returns nothing.
) => Content | Iterable<Content> | null | void;

/** Options of an HttpServer; all times in seconds. */
export interface HttpServerOptions extends BaseServerOptions, StreamOptions {
  /** How many connections the system keeps for it. */
  backlog?: number;
  /** Speaks HTTPS: a context, or the options of one. */
  ssl?: SslContext | SslContextOptions;
  /** Gets a line for each request; undefined: nobody does. */
  log?: Log;
  /** Gets the uncaught errors of handlers; by default `getHub().handleError` does. */
  errorLog?: (error: unknown, request: HttpRequest) => void;
  /** How long a connection is kept without a request; 5 by default. */
  keepAliveTimeout?: number;
  /** How long a client may take for the headers (60 by default), and for a whole request (300). 0: without an end. */
  headersTimeout?: number;
  requestTimeout?: number;
  /** How long all headers of a request may be together, in bytes. */
  maxHeaderSize?: number;
}

/** What a handler gets. */
type Exchange = [request: HttpRequest, response: HttpResponse];

/** For how many seconds `stop` waits for handlers that it has killed. */
const KILL_TIMEOUT = 1;

/**
 * Calls `handle(request, response)` for each request, in a greenlet of its own. What it returns is the body. If it throws, the
 * client gets a status of 500, and the error is reported.
 *
 *     const server = new HttpServer(['127.0.0.1', 8000], (request) => `Hello ${request.path}`);
 *     server.serveForever();
 */
export class HttpServer extends BaseServer<StreamSocket, Exchange> {
  /** Node's own server. It never listens: connections are handed to it. */
  readonly raw: Server;
  /** @internal Handlers that run. */ readonly running: Group = new Group();
  /** @internal Is set while there are no connections. */ readonly quiet: Event = new Event();
  /** @internal */ readonly connections = new Set<NodeSocket>();
  private readonly options: HttpServerOptions;
  private readonly waiting: Exchange[] = [];

  constructor(
    listener: ListenAddress | StreamSocket,
    handle?: HttpHandler,
    options: HttpServerOptions = {},
  ) {
    super(listener, handle, options);
    this.options = options;
    this.raw = nodeServer(options);
    this.quiet.set();
    this.raw.on('request', (raw, response) => this.request(raw, response, null, null));
    this.raw.on('checkContinue', (raw, response) => this.request(raw, response, response, null));
    this.raw.on('upgrade', (raw, stream, head) => this.upgrade(raw, stream, head));
  }

  override listen(): Generator<undefined, StreamSocket, unknown> {
    const { spawn, ssl, log, errorLog, backlog, ...options } = this.options;
    return listenAt(this, backlog, options);
  }

  override begin(socket: StreamSocket): void {
    super.begin(socket);
    // Node begins to watch its time limits.
    this.raw.emit('listening');
  }

  override close(): void {
    super.close();
    this.raw.close();
    for (const [, response] of this.waiting) response.raw.destroy();
    this.waiting.length = 0;
  }

  /** Takes the connections that have come; their requests come by Node's events. */
  protected override doRead(): undefined {
    const listener = this.socket?.listening();
    for (let next = listener?.next(); next !== undefined; next = listener?.next()) {
      this.connect(next[0].detach());
    }
    return undefined;
  }

  protected override doHandle(request: HttpRequest, response: HttpResponse): Greenlet {
    const greenlet = super.doHandle(request, response);
    this.running.admit(greenlet);
    return greenlet;
  }

  protected override doClose(_request: HttpRequest, response: HttpResponse): void {
    response.end();
    if (this.waiting.length > 0) this.handleNext();
  }

  protected override bodyFor(handler: Body): Body {
    return answering(handler, this.options);
  }

  private connect(stream: NodeSocket): void {
    const { connections, quiet } = this;
    connections.add(stream);
    quiet.clear();
    stream.once('close', () => {
      connections.delete(stream);
      if (connections.size === 0) quiet.set();
    });
    stream.setNoDelay(true);
    this.raw.emit('connection', stream);
    stream.resume();
  }

  private request(
    raw: IncomingMessage,
    rawResponse: ServerResponse,
    waiting: ServerResponse | null,
    upgrade: Upgrade | null,
  ): void {
    const request = new HttpRequest(raw, waiting, upgrade);
    const response = new HttpResponse(rawResponse, request.label);
    if (!this.started) rawResponse.shouldKeepAlive = false;
    if (!this.full() && this.waiting.length === 0) {
      this.doHandle(request, response);
      return;
    }
    this.waiting.push([request, response]);
    (this.pool as Pool).places?.rawlink(this.handleNext);
  }

  /** The client wants another protocol. The handler decides; until then, an ordinary answer is possible. */
  private upgrade(raw: IncomingMessage, stream: Duplex, head: Buffer): void {
    const response = new ServerResponse(raw);
    response.shouldKeepAlive = false;
    response.assignSocket(stream as NodeSocket);
    response.once('finish', () => (stream as NodeSocket).destroySoon());
    stream.on('error', () => {});
    this.request(raw, response, null, { response, stream, head });
  }

  private readonly handleNext = (): void => {
    while (this.waiting.length > 0 && !this.full()) {
      const [request, response] = this.waiting.shift() as Exchange;
      this.doHandle(request, response);
    }
  };
}

switchingMethods(HttpServer, { stop: stopForm });

type Steps = Generator<undefined, undefined, unknown>;

/** Drains: what runs goes on until the time is over, and what was answered is sent. */
function* stopForm(this: HttpServer, timeout: number = this.stopTimeout): Steps {
  this.close();
  const { running, quiet, connections } = this;
  const end = hub.now() + timeout;
  if (!(yield* called(running.join, running, { timeout }))) {
    yield* called(running.kill, running, { block: true, timeout: KILL_TIMEOUT });
  }
  this.raw.closeIdleConnections();
  yield* called(quiet.wait, quiet, Math.max(0, end - hub.now()));
  for (const each of connections) each.destroy();
  return undefined;
}

/** What the greenlets run: the handler, then its answer is sent. */
function answering(handler: Body, { log, errorLog }: HttpServerOptions): Body {
  return switching(handler.name || 'handle', function* (...exchange: Exchange): Steps {
    const [request, response] = exchange;
    const started = log === undefined ? 0 : hub.now();
    try {
      const result = yield* called(handler, undefined, request, response);
      if (!request.endUpgrade(1000)) {
        // The client has not sent the body, and nobody wants it: what comes next on this connection is not a request.
        if (request.isWithheld) response.raw.shouldKeepAlive = false;
        yield* sendResult(response, result);
      }
    } catch (error) {
      const isQuiet = response.isAborted && isOfConnection(error);
      if (!request.endUpgrade(1011)) fail(response);
      if (!isQuiet) {
        if (errorLog === undefined || error instanceof GreenletExit) throw error;
        errorLog(error, request);
      }
    } finally {
      if (log !== undefined) {
        writeLog(log, accessLine(request, response, hub.now() - started));
      }
    }
    return undefined;
  });
}

/** Answers that something has gone wrong; an answer that is half sent is cut off, so that the client sees it. */
function fail(response: HttpResponse): void {
  const { raw } = response;
  if (raw.headersSent) {
    if (!raw.writableEnded) raw.destroy();
    return;
  }
  for (const name of raw.getHeaderNames()) raw.removeHeader(name);
  raw.shouldKeepAlive = false;
  response.start(500, { 'Content-Type': 'text/plain' });
  response.end('Internal Server Error');
}

/** Whether it says no more than that the other side has gone. */
function isOfConnection(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function nodeServer(options: HttpServerOptions): Server {
  const { ssl, maxHeaderSize, keepAliveTimeout, headersTimeout, requestTimeout } = options;
  const settings = {
    maxHeaderSize,
    keepAliveTimeout: milliseconds(keepAliveTimeout),
    headersTimeout: milliseconds(headersTimeout),
    requestTimeout: milliseconds(requestTimeout),
    connectionsCheckingInterval: checkingInterval([headersTimeout, requestTimeout]),
  };
  if (ssl === undefined) return createServer(settings);
  const context = ssl instanceof SslContext ? ssl : new SslContext(ssl);
  return createSecureServer({ ...context.serverOptions(), ...settings }) as unknown as Server;
}

/** Every so many milliseconds Node looks who is too slow: often enough for the limits; by itself twice a minute. */
function checkingInterval(limits: readonly (number | undefined)[]): number | undefined {
  const shortest = Math.min(...limits.map((each) => each || Number.POSITIVE_INFINITY));
  return shortest < 60 ? Math.ceil(shortest * 500) : undefined;
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
