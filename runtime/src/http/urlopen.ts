/** Asking a server, in blocking style (Python's `urlopen`, as gevent's users call it). */

import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions, request as secureRequest } from 'node:https';
import { called } from '../core/call.ts';
import { switching } from '../core/ordinary.ts';
import { calledBack, type Done } from '../io/callback.ts';
import { socketErrorOf } from '../io/socket-error.ts';
import { HttpError } from './http-error.ts';
import { UrlResponse } from './url-response.ts';

/** Options of `urlopen`. */
export interface UrlOptions
  extends Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'socketPath'> {
  /** The method; by default POST if there is something to send, else GET. */
  method?: string;
  /** What is sent: text, bytes, a form, or an iterable of parts. */
  data?: string | Uint8Array | URLSearchParams | Iterable<string | Uint8Array>;
  /** A value that is sent as JSON. */
  json?: unknown;
  headers?: Record<string, string | readonly string[]>;
  /** For how many seconds the answer may take, and then each piece of its body; undefined: without an end. */
  timeout?: number;
  /** Ends the call with an AbortError. */
  signal?: AbortSignal;
  /** False: an answer with a status of 400 or more is returned like any other. */
  raiseError?: boolean;
  /** How many redirects are followed; 10 by default. */
  maxRedirects?: number;
  /** Node's agent, which keeps the connections; false: a connection of its own. By default one that keeps them for later calls. */
  agent?: HttpAgent | false;
}

/**
 * Asks for an address and returns the answer, once its headers are there. May switch.
 *
 *     const user = urlopen('http://127.0.0.1:8000/user', { timeout: 2 }).json<{ name: string }>();
 *
 * @throws {HttpError} for an answer with a status of 400 or more; its `response` can be read.
 * @throws {SocketError} if there is no answer: no such host, nobody listens, the connection is lost.
 * @throws {SocketTimeout} when the time is over.
 * @throws {TypeError} if the address is none of `http:` or `https:`.
 */
export const urlopen: (url: string | URL, options?: UrlOptions) => UrlResponse = switching(
  'urlopen',
  urlopenForm,
) as never;

const httpAgent = new HttpAgent({ keepAlive: true });
const httpsAgent = new HttpsAgent({ keepAlive: true });
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that only the first server may see. */
const PRIVATE = new Set(['authorization', 'cookie', 'proxy-authorization', 'host']);
/** Headers of what was sent. */
const OF_DATA = /^content-/;

/** What is sent. */
interface Ask {
  url: URL;
  method: string;
  headers: Record<string, string | readonly string[]>;
  data: string | Uint8Array | Iterable<string | Uint8Array> | undefined;
}

type Steps<R> = Generator<undefined, R, unknown>;

function* urlopenForm(given: string | URL, options: UrlOptions = {}): Steps<UrlResponse> {
  const { maxRedirects = 10, raiseError = true, timeout } = options;
  let ask = askFor(new URL(given), options);
  for (let count = 0; ; count++) {
    const raw = yield* answerTo(ask, options);
    const response = new UrlResponse(raw, ask.url.href, timeout);
    const { location } = raw.headers;
    if (REDIRECTS.has(response.status) && location !== undefined) {
      response.close();
      if (count >= maxRedirects) throw new HttpError(response, `More than ${count} redirects`);
      ask = redirected(ask, response, new URL(location, ask.url));
      continue;
    }
    if (raiseError && response.status >= 400) throw new HttpError(response);
    return response;
  }
}

function askFor(url: URL, { method, data, json, headers = {} }: UrlOptions): Ask {
  if (json !== undefined && data !== undefined) throw new TypeError('Either data or json is sent');
  const [body, type] =
    json !== undefined
      ? [JSON.stringify(json), 'application/json']
      : data instanceof URLSearchParams
        ? [String(data), 'application/x-www-form-urlencoded']
        : [data, typeof data === 'string' ? 'text/plain;charset=UTF-8' : undefined];
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    url,
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: type === undefined || isTyped ? headers : { ...headers, 'Content-Type': type },
    data: body,
  };
}

function redirected(ask: Ask, response: UrlResponse, url: URL): Ask {
  const { method, data } = ask;
  const becomesGet = response.status === 303 ? method !== 'HEAD' : isPost(response.status, method);
  if (!becomesGet && isOnce(data)) {
    throw new HttpError(response, `${response.status}, but the parts cannot be sent again`);
  }
  const isForeign = url.origin !== ask.url.origin;
  const headers = Object.entries(ask.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return !(isForeign && PRIVATE.has(lower)) && !(becomesGet && OF_DATA.test(lower));
  });
  const rest = becomesGet ? { method: 'GET', data: undefined } : { method, data };
  return { url, headers: Object.fromEntries(headers), ...rest };
}

function isPost(status: number, method: string): boolean {
  return status < 303 && method === 'POST';
}

/** Whether it can be sent one time only. */
function isOnce(data: Ask['data']): boolean {
  return data !== undefined && typeof data !== 'string' && !(data instanceof Uint8Array);
}

function* answerTo(ask: Ask, options: UrlOptions): Steps<IncomingMessage> {
  const { timeout, signal } = options;
  signal?.throwIfAborted();
  for (;;) {
    const client = clientFor(ask, options);
    const outcome = new Outcome(client);
    const onAbort = () => client.destroy(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort);
    let isAnswered = false;
    try {
      if (isOnce(ask.data)) yield* sendParts(client, outcome, ask.data as Iterable<string>);
      client.end(isOnce(ask.data) ? undefined : ask.data);
      const on = { name: ask.url.href };
      const start = (done: Done) => outcome.tell(done);
      const [message] = yield* calledBack('urlopen', on, start, errorOf(signal), timeout);
      isAnswered = true;
      return message as IncomingMessage;
    } catch (error) {
      // The server has ended the connection just when it was used again: that says nothing about this request.
      const isStale = client.reusedSocket && (error as { code?: string }).code === 'ECONNRESET';
      if (!isStale || isOnce(ask.data)) throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (!isAnswered) client.destroy();
    }
  }
}

function clientFor({ url, method, headers }: Ask, options: UrlOptions): ClientRequest {
  const { ca, cert, key, rejectUnauthorized, socketPath, agent } = options;
  const isSecure = url.protocol === 'https:';
  if (!isSecure && url.protocol !== 'http:') {
    throw new TypeError(`urlopen opens http: and https:, not ${url.protocol} (${url.href})`);
  }
  const tls = isSecure ? { ca, cert, key, rejectUnauthorized } : {};
  const client = (isSecure ? secureRequest : request)(url, {
    method,
    headers: headers as Record<string, string>,
    socketPath,
    agent: agent ?? (isSecure ? httpsAgent : httpAgent),
    ...tls,
  });
  // Who waits keeps the process alive, not the connection.
  client.once('socket', (socket) => socket.unref());
  return client;
}

/** Sends the parts, until something goes wrong; an early answer has to wait. */
function* sendParts(
  client: ClientRequest,
  outcome: Outcome,
  parts: Iterable<string>,
): Steps<undefined> {
  const iterator = (yield* called(parts[Symbol.iterator], parts)) as Iterator<string>;
  while (!outcome.hasFailed) {
    const step = (yield* called(iterator.next, iterator)) as IteratorResult<string>;
    if (step.done) return undefined;
    if (client.write(step.value)) continue;
    const start = (done: Done) => {
      client.once('drain', () => done(null));
      outcome.tell((error) => error && done(null));
    };
    yield* calledBack('urlopen', { name: client.path }, start, socketErrorOf);
  }
  return undefined;
}

/** What becomes of a request: an answer or an error, whichever comes first. */
class Outcome {
  private known: [error: Error | null, message?: IncomingMessage] | null = null;
  private done: Done = () => {};

  constructor(client: ClientRequest) {
    client.on('response', (message) => this.settle(null, message));
    client.on('error', (error) => this.settle(error));
  }

  get hasFailed(): boolean {
    return this.known !== null && this.known[0] !== null;
  }

  /** Calls `done` when it is known, in one of Node's next turns if it is already. */
  tell(done: Done): void {
    this.done = done;
    if (this.known !== null) setImmediate(done, ...this.known);
  }

  private settle(error: Error | null, message?: IncomingMessage): void {
    if (this.known !== null) return;
    this.known = [error, message];
    this.done(...this.known);
  }
}

/** What is thrown for an error of Node's. */
function errorOf(signal: AbortSignal | undefined): (error: unknown) => unknown {
  return (error) => (signal?.aborted ? signal.reason : socketErrorOf(error));
}
