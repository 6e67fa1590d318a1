/** A line for each request, as web servers write it. */

import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';

/** Where the lines go: a function, or something with `write`, which gets them with a newline. */
export type Log = ((line: string) => void) | { write(text: string): unknown };

/** Writes a line. */
export function writeLog(log: Log, line: string): void {
  if (typeof log === 'function') log(line);
  else log.write(`${line}\n`);
}

/**
 * `127.0.0.1 - - [2026-11-23 04:05:18] "GET / HTTP/1.1" 200 103 0.000123`, gevent's own format.
 *
 * @param seconds from the request to the end of its handler.
 */
export function accessLine(
  request: HttpRequest,
  { status, length }: HttpResponse,
  seconds: number,
): string {
  const time = new Date().toISOString().slice(0, 19).replace('T', ' ');
  const what = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
  const from = request.remoteAddress || '-';
  return `${from} - - [${time}] "${what}" ${status} ${length} ${seconds.toFixed(6)}`;
}
