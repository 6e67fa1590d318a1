/** A request was answered, but not with success (Python's `HTTPError`). */

/** What an HttpError needs of the answer. */
interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly url: string;
}

/** Thrown by `urlopen` for an answer with a status of 400 or more, and for redirects that lead nowhere. */
export class HttpError<R extends Answer = Answer> extends Error {
  override name = 'HttpError';
  /** The status: 404. */
  readonly status: number;
  /** The answer; its body can be read. */
  declare readonly response: R;

  constructor(response: R, message: string = `${response.status} ${response.reason}`) {
    super(`${message}: ${response.url}`);
    this.status = response.status;
    // Not enumerable: Node would print all of it below the error.
    Object.defineProperty(this, 'response', { value: response });
  }
}
