/** Spread and array destructuring: the list is fetched by a call that may switch. */

import { closeCall, openCall } from './call-shape.ts';
import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';

/** The handlers of spreads. */
export const listHandlers: Readonly<Record<string, Handler>> = {
  SpreadElement: (emitter, node) => {
    if (!isLowered(emitter, node)) return emitter.emitChildren(node);
    emitter.copyTo(node.argument.start);
    emitFetch(emitter, node.argument, '$spread', '');
    emitter.copyTo(node.end);
  },
};

/** Writes what an array pattern takes apart; the cursor stands before it. */
export function emitTaken(emitter: Emitter, point: Node, pattern: Node, value: Node) {
  emitter.copyTo(value.start);
  if (!isLowered(emitter, point)) return emitter.emit(value);
  const last: Node | null | undefined = pattern.elements.at(-1);
  const count = last?.type === 'RestElement' ? '1/0' : String(pattern.elements.length);
  emitFetch(emitter, value, '$take', `,${count}`);
}

/** Whether a list is fetched by a call. */
function isLowered(emitter: Emitter, point: Node): boolean {
  return emitter.activation.mode !== 'plain' && emitter.unit.switching.mayPoint(point);
}

function emitFetch(emitter: Emitter, value: Node, helper: '$spread' | '$take', rest: string): void {
  openCall(emitter, value.start);
  emitter.insert(`${emitter.unit.call(helper)}(`, value.start);
  emitter.emit(value);
  emitter.insert(`${rest})`);
  closeCall(emitter, value.start, 'next');
}
