/**
 * Standard input: `process.stdin.read()` of a greenlet waits until there is something, or the end (gevent's `patch_sys`). So a greenlet that
 * waits for a terminal keeps no thread, and can be killed. Where somebody listens to the stream, its data is theirs, and `read` is Node's.
 */

import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type Callable, calling, type Patchable } from './patchable.ts';
import { type Begin, twinOf } from './twin.ts';

/** `read` of `process.stdin`, whose class depends on what it is: a terminal and a pipe are sockets, a file is none. */
export function stdinFunctions(): Patchable[] {
  return [Socket.prototype.read, Readable.prototype.read].map((read: Callable) =>
    calling('process', 'stdin.read', read, twinOf('process.stdin.read', read, beginRead(read))),
  );
}

/** How many greenlets wait for it. */
let readers = 0;

function beginRead(read: Callable): Begin {
  return (self, args, done) => {
    // The stream opens the input when it is first asked for; so other streams are told apart before that.
    if (Object(self).fd !== 0 || self !== process.stdin) return undefined;
    const { stdin } = process;
    if (stdin.listenerCount('data') > 0 || stdin.listenerCount('readable') > readers)
      return undefined;
    const take = () => {
      const data: unknown = Reflect.apply(read, stdin, args);
      if (data === null && stdin.readable) return;
      stop();
      done(null, data);
    };
    const fail = (error: Error) => {
      stop();
      done(error);
    };
    const stop = () => {
      readers--;
      stdin.off('readable', take).off('end', take).off('close', take).off('error', fail);
      // Node stops reading at this event, which `pause` does not emit after `readable`; otherwise it would live on until the input ends.
      if (readers === 0) stdin.emit('pause');
    };
    readers++;
    stdin.on('readable', take).on('end', take).on('close', take).on('error', fail);
    take();
    return { cancel: stop };
  };
}
