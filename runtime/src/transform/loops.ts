/** Loops. `for…of` stays a native loop, around an adapter whose values are fetched by calls that may switch. */

import { closeCall, describeCallee, openCall } from './call-shape.ts';
import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';

/** The handlers of loops. */
export const loopHandlers: Readonly<Record<string, Handler>> = {
  ForStatement: (emitter, node) => emitLoop(emitter, node, node.init),
  ForInStatement: (emitter, node) => emitLoop(emitter, node, node.left),
  ForOfStatement: emitForOf,
};

/** A loop's head is no statement: its declaration gets no semicolon. */
function emitLoop(emitter: Emitter, node: Node, head: Node | null): void {
  if (head?.type === 'VariableDeclaration') {
    if (head.kind === 'using' || head.kind === 'await using')
      emitter.unsupported('A `using` declaration', head);
    emitter.copyTo(head.start);
    emitter.emitChildren(head);
  }
  emitter.emitChildren(node);
}

/**
 * `for (const x of list) body` becomes
 * `for (const $i of $iterate(list)) { if ($i.take(CALL OF next)) break; const x = $i.value; body }`: labels, scopes and closing
 * stay those of the native loop.
 */
function emitForOf(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  if (activation.mode === 'plain' || node.await || !unit.switching.mayPoint(node))
    return emitLoop(emitter, node, node.left);
  const { left, right, body } = node;
  if (left.kind === 'using' || left.kind === 'await using')
    emitter.unsupported('A `using` declaration', left);
  const item = unit.helper('$i');
  emitter.copyTo(left.start);
  const target = emitter.rope.capture(() => {
    if (left.type === 'VariableDeclaration') emitter.emitChildren(left);
    else emitter.emit(left);
  });
  emitter.insert(`const ${item} of ${unit.call('$iterate')}(`);
  emitter.blankTo(right.start);
  emitter.emit(right);
  emitter.insert(`,${JSON.stringify(describeCallee(right, unit.code))})`);
  emitter.copyTo(body.start);
  emitter.insert(`{if(${item}.take(`);
  openCall(emitter, left.start);
  emitter.insert(`${item}.pull(`);
  emitter.insert(')');
  closeCall(emitter, left.start, 'next');
  emitter.insert('))break;');
  if (left.type !== 'VariableDeclaration') emitter.insert('(');
  emitter.rope.append(target);
  emitter.insert(left.type === 'VariableDeclaration' ? `=${item}.value;` : `=${item}.value);`);
  emitter.emit(body);
  emitter.insert('}');
}
