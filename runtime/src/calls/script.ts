/** The top level of a CommonJS file, which is a generator's body. */

import { pathToFileURL } from 'node:url';
import type { Form } from '../core/form.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { beginEntry } from './module.ts';

/**
 * Runs a CommonJS file: that of the program's entry in the main greenlet. Any other has to be finished when `require` returns: a
 * switch at its top level throws.
 *
 * @param filename the file's path.
 * @param self the file's `this`.
 * @param args what the file is given: `exports`, `require`…
 * @param body its text, as a generator.
 * @throws what the file throws; after a switch of the entry, that is an uncaught error instead.
 * @throws {CannotSwitchError} from a call that would have to switch.
 */
export function $script(
  filename: string,
  self: unknown,
  args: ArrayLike<unknown>,
  body: Form,
): void {
  if (filename !== '' && beginEntry(pathToFileURL(filename).href)) runMain(self, args, body);
  else runAtOnce(self, args, body);
}

function runMain(self: unknown, args: ArrayLike<unknown>, body: Form): void {
  const { main } = hub;
  let isFirst = true;
  main.firstFrame = () => Reflect.apply(body, self, args);
  main.ended = (threw, value) => {
    Greenlet.prototype.ended.call(main, threw, value);
    if (!isFirst && main.state === 'failed') throwLater(value);
  };
  hub.beginBody(main);
  isFirst = false;
  if (main.state === 'failed') throw main.exception;
}

/** Nobody is there to catch it: Node reports it, and ends the process. */
function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}

function runAtOnce(self: unknown, args: ArrayLike<unknown>, body: Form): void {
  hub.barrier++;
  try {
    Reflect.apply(body, self, args).next();
  } finally {
    hub.barrier--;
  }
}
