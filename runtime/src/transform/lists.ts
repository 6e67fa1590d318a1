/** Spread and `yield*`: the list, or the iterator, is fetched by a call that may switch. */

import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';
import { emitProtocol } from './patterns.ts';
import { endWithSemicolon } from './statements.ts';

/** The handlers of what asks an iterable for all its values. */
export const listHandlers: Readonly<Record<string, Handler>> = {
  // In an object it is no list that is spread, and no point.
  SpreadElement: (emitter, node) =>
    emitter.activation.fn.points.includes(node)
      ? emitFetched(emitter, node, '$spread')
      : emitter.emitChildren(node),
  YieldExpression: emitYield,
  ReturnStatement: (emitter, node) => {
    if (!node.argument || !isAsyncGenerator(emitter)) return endWithSemicolon(emitter, node);
    emitter.copyTo(node.argument.start);
    emitAwaited(emitter, node.argument.start, node.argument);
    emitter.copyTo(node.end);
    if (emitter.unit.code[node.end - 1] !== ';') emitter.insert(';');
  },
};

/** `yield x` in an `async` generator awaits `x` first. */
function emitYield(emitter: Emitter, node: Node) {
  const isAsync = isAsyncGenerator(emitter);
  if (node.delegate)
    return emitFetched(emitter, node, isAsync ? '$delegateAsync' : '$delegate', isAsync);
  if (!isAsync) return emitter.emitChildren(node);
  emitter.copyTo(node.argument?.start ?? node.end);
  if (!node.argument) emitter.insert(' ');
  emitAwaited(emitter, node.start, node.argument);
  emitter.copyTo(node.end);
}

/** Whether the running function is an `async` generator with a second form. */
function isAsyncGenerator({ activation }: Emitter): boolean {
  return activation.mode === 'yield' && activation.fn.async && activation.fn.generator;
}

function emitAwaited(emitter: Emitter, at: number, value: Node | null): void {
  emitProtocol(emitter, at, '$await', () => {
    if (value) emitter.emit(value);
  });
}

function emitFetched(
  emitter: Emitter,
  node: Node,
  helper: '$spread' | '$delegate' | '$delegateAsync',
  always = false,
) {
  const { activation, unit } = emitter;
  if (activation.mode === 'plain' || !(always || unit.switching.mayPoint(node)))
    return emitter.emitChildren(node);
  const { argument } = node;
  emitter.copyTo(argument.start);
  emitProtocol(emitter, argument.start, helper, () => emitter.emit(argument));
  emitter.copyTo(node.end);
}
