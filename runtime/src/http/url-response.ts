/** The answer that `urlopen` has got. */

import type { IncomingMessage } from 'node:http';
import { HttpMessage } from './http-message.ts';

/** An answer, and its body, which is read as it arrives. Whoever does not read all of it closes it. */
export class UrlResponse extends HttpMessage {
  /** The address that has answered: the last one, after redirects. */
  readonly url: string;
  /** The status: 200. */
  readonly status: number;
  /** What the server says about it: `OK`. */
  readonly reason: string;

  /** @internal */
  constructor(raw: IncomingMessage, url: string, timeout: number | undefined) {
    super(raw);
    this.url = url;
    this.timeout = timeout;
    this.status = raw.statusCode ?? 0;
    this.reason = raw.statusMessage ?? '';
    // A short body is taken at once, so that its connection can be used again.
    this.body().incoming.start();
  }

  /** Whether the status says success: 200 to 299. */
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  override get label(): string {
    return this.url;
  }

  /** Drops what was not read of the body. Never switches. */
  close(): void {
    if (!this.raw.complete) this.raw.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
