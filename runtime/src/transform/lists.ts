/** Spread and `yield*`: the list, or the iterator, is fetched by a call that may switch. */

import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';
import { emitProtocol } from './patterns.ts';

/** The handlers of what asks an iterable for all its values. */
export const listHandlers: Readonly<Record<string, Handler>> = {
  SpreadElement: (emitter, node) => emitFetched(emitter, node, '$spread'),
  YieldExpression: (emitter, node) => {
    if (node.delegate) emitFetched(emitter, node, '$delegate');
    else emitter.emitChildren(node);
  },
};

function emitFetched(emitter: Emitter, node: Node, helper: '$spread' | '$delegate') {
  if (emitter.activation.mode === 'plain' || !emitter.unit.switching.mayPoint(node))
    return emitter.emitChildren(node);
  const { argument } = node;
  emitter.copyTo(argument.start);
  emitProtocol(emitter, argument.start, helper, () => emitter.emit(argument));
  emitter.copyTo(node.end);
}
