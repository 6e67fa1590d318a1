/** Node's event emitters: `emit` in greenlet code waits for listeners that switch, one after the other. */

import { EventEmitter, errorMonitor } from 'node:events';
import { called } from '../core/call.ts';
import { formOf } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import { type Callable, calling, type Patchable } from './patchable.ts';
import { canSwitch } from './twin.ts';

const { emit, rawListeners, removeListener } = EventEmitter.prototype;

/** `EventEmitter.prototype.emit`. */
export function eventFunctions(): Patchable[] {
  return [calling('events', 'EventEmitter.emit', emit, emitForm)];
}

/** What `once` registers: it removes itself, then calls the listener. */
interface Listener extends Callable {
  listener?: Callable;
}

function emitForm(this: EventEmitter, ...args: unknown[]): Frame {
  const [type, ...rest] = args as [string, ...unknown[]];
  const isEmitter = this instanceof EventEmitter;
  const listeners = isEmitter && canSwitch() ? (rawListeners.call(this, type) as Listener[]) : [];
  // Node's own way of calling is better where none can switch.
  const maySwitch = listeners.some((each) => formOf(each.listener ?? each) !== undefined);
  if (!maySwitch) return finished(Reflect.apply(emit, this, args));
  if (type === 'error') emit.call(this, errorMonitor, ...rest);
  return emitting(this, type, listeners, rest);
}

function* emitting(
  emitter: EventEmitter,
  type: string,
  listeners: readonly Listener[],
  args: readonly unknown[],
): Generator<undefined, unknown, unknown> {
  for (const each of listeners) {
    if (each.listener === undefined) {
      yield* called(each, emitter, ...args);
    } else if (rawListeners.call(emitter, type).includes(each)) {
      removeListener.call(emitter, type, each as never);
      yield* called(each.listener, emitter, ...args);
    }
  }
  return true;
}
