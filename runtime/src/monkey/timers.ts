/** Node's timers: a callback that switches becomes a greenlet, and its spawner is the greenlet that started the timer. */

import { formOf } from '../core/form.ts';
import { finished } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { type Callable, calling, type Patchable } from './patchable.ts';

/** `setTimeout`, `setInterval`, `setImmediate`, `queueMicrotask` and `process.nextTick`. */
export function timerFunctions(): Patchable[] {
  return [
    timerFunction('timers', setTimeout),
    timerFunction('timers', setInterval),
    timerFunction('timers', setImmediate),
    timerFunction('globalThis', queueMicrotask),
    timerFunction('process', process.nextTick),
  ];
}

function timerFunction(module: string, fn: Callable): Patchable {
  return calling(module, fn.name, fn, function (this: unknown, ...args: unknown[]) {
    const { current } = hub;
    const [callback, ...rest] = args;
    const list = current === null ? args : [tied(callback, current), ...rest];
    return finished(Reflect.apply(fn, this, list));
  });
}

/** A callback that becomes a child of `spawner`, if it suspends. */
function tied(callback: unknown, spawner: Greenlet): unknown {
  const form = formOf(callback);
  if (form === undefined) return callback;
  const { name } = callback as Callable;
  return function (this: unknown, ...args: unknown[]) {
    return hub.adopt(name, form, this, args, spawner);
  };
}
