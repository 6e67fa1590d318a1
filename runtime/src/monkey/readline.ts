/** Questions at the terminal: without a callback, a greenlet waits for the answer. For everyone else such a question is lost. */

import { Interface } from 'node:readline';
import { type Callable, calling, type Patchable } from './patchable.ts';
import { type Begin, twinOf } from './twin.ts';

/** `question` of `node:readline`. */
export function readlineFunctions(): Patchable[] {
  const question = Interface.prototype.question as Callable;
  const begin: Begin = (self, [query, options, ...rest], done) => {
    const terminal = self as Interface;
    if (typeof options === 'function' || typeof rest[0] === 'function') return undefined;
    const { signal } = Object(options) as { signal?: AbortSignal };
    const withdrawn = new AbortController();
    const either =
      signal === undefined ? withdrawn.signal : AbortSignal.any([signal, withdrawn.signal]);
    const stop = () => {
      terminal.off('close', closed);
      signal?.removeEventListener('abort', aborted);
    };
    const closed = () => {
      stop();
      done(Object.assign(new Error('The input ended without an answer'), { code: 'ERR_END' }));
    };
    const aborted = () => {
      stop();
      done(signal?.reason);
    };
    const answered = (answer: string) => {
      stop();
      done(null, answer);
    };
    Reflect.apply(question, terminal, [query, { ...Object(options), signal: either }, answered]);
    terminal.once('close', closed);
    signal?.addEventListener('abort', aborted);
    const cancel = () => {
      stop();
      withdrawn.abort();
    };
    return { on: String(query), cancel };
  };
  const form = twinOf('readline.question', question, begin);
  return [calling('readline', 'Interface.question', question, form)];
}
