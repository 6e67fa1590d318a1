/** Loops. `for…of` fetches its values by calls that may switch, and closes its iterator by one. */

import { closeCall, describeCallee, openCall } from './call-shape.ts';
import type { Emitter, Handler } from './emitter.ts';
import { bare, childrenOf, type Node } from './node.ts';
import { emitTaking, isTakenApart } from './patterns.ts';

/** The handlers of loops. */
export const loopHandlers: Readonly<Record<string, Handler>> = {
  ForStatement: (emitter, node) => emitLoop(emitter, node, node.init),
  ForInStatement: (emitter, node) => emitLoop(emitter, node, node.left),
  ForOfStatement: emitForOf,
  LabeledStatement: emitLabeled,
};

/** A loop's head is no statement: its declaration gets no semicolon. */
function emitLoop(emitter: Emitter, node: Node, head: Node | null): void {
  if (head?.type === 'VariableDeclaration') {
    emitter.copyTo(head.start);
    emitter.emitChildren(head);
  }
  emitter.emitChildren(node);
}

/**
 * `for (const x of list) body` becomes a loop whose calls of `next` and `return` may switch:
 * `{const $i=$iterate(list);try{for(;;){if($i.take(CALL))break;const x=$i.value;body}}catch($e){$i.fail($e)}finally{$i.open&&CALL}}`.
 * A label stays right before the `for`.
 */
function emitForOf(emitter: Emitter, node: Node) {
  if (staysNative(emitter, node)) return emitLoop(emitter, node, node.left);
  emitLowered(emitter, node, '');
}

function emitLabeled(emitter: Emitter, node: Node) {
  const labels = [node.label.name];
  let { body } = node;
  while (body.type === 'LabeledStatement') {
    labels.push(body.label.name);
    body = body.body;
  }
  if (body.type !== 'ForOfStatement' || staysNative(emitter, body))
    return emitter.emitChildren(node);
  emitter.blankTo(body.start);
  const { scope } = emitter;
  emitter.scope = emitter.unit.scopes.scopes.get(body) ?? scope;
  emitLowered(emitter, body, labels.map((label) => `${label}:`).join(''));
  emitter.scope = scope;
}

function staysNative(emitter: Emitter, node: Node): boolean {
  const { unit, activation } = emitter;
  if (activation.mode === 'plain') return true;
  return !unit.switching.mayPoint(node) && !isTakenApart(emitter, headOf(node.left));
}

function emitLowered(emitter: Emitter, node: Node, labels: string): void {
  const { unit } = emitter;
  const { left, right, body } = node;
  const i = unit.helper('$i');
  const e = unit.helper('$e');
  emitter.blankTo(left.start);
  const target = emitter.rope.capture(() => {
    if (left.type === 'VariableDeclaration') {
      const { id } = left.declarations[0];
      emitter.copyTo(id.start);
      emitTurn(emitter, id, true, `${i}.value`);
      emitter.blankTo(left.end);
    } else {
      emitter.insert('(');
      emitTurn(emitter, left, false, `${i}.value`);
      emitter.insert(')');
    }
  });
  const text = JSON.stringify(describeCallee(right, unit.code));
  const dead = deadNames(emitter, node);
  emitter.insert(dead === '' ? `{const ${i}=` : `{let ${i};{${i}=`, right.start);
  openCall(emitter, right.start);
  emitter.insert(`${unit.call(node.await ? '$iterateAsync' : '$iterate')}(`, right.start);
  emitter.blankTo(right.start);
  emitter.emit(right);
  emitter.blankTo(body.start);
  emitter.insert(`,${text})`);
  closeCall(emitter, right.start, 'next');
  emitter.insert(`;${dead}try{${labels}for(;;){if(${i}.take(`, left.start);
  emitProtocolCall(emitter, `${i}.pull()`, left.start);
  emitter.insert('))break;');
  emitter.rope.append(target);
  emitter.insert(';');
  emitter.emit(body);
  emitter.insert(`}}catch(${e}){${i}.fail(${e})}finally{${i}.open&&`, right.start);
  emitProtocolCall(emitter, `${i}.close()`, right.start);
  emitter.insert('}}');
}

/** What a turn's value is given to. */
function headOf(left: Node): Node {
  return left.type === 'VariableDeclaration' ? left.declarations[0].id : bare(left);
}

/** Gives a turn's value to the loop's head. */
function emitTurn(emitter: Emitter, head: Node, declares: boolean, value: string) {
  const target = bare(head);
  if (isTakenApart(emitter, target))
    return emitTaking(emitter, target, declares, () => emitter.insert(value));
  emitter.emit(head);
  emitter.insert(`=${value}`);
}

/** `let x;}`, where `for (const x of …)` mentions its own `x` on the right: there it has no value yet, and never will. */
function deadNames(emitter: Emitter, node: Node): string {
  const { scopes } = emitter.unit;
  const scope = scopes.scopes.get(node);
  const names = [...(scope?.bindings.keys() ?? [])];
  if (names.length === 0) return '';
  const mentions = (each: Node): boolean =>
    (each.type === 'Identifier' && scopes.uses.get(each)?.scope === scope) ||
    childrenOf(each).some(mentions);
  return mentions(node.right) ? `let ${names.join(',')};}` : '';
}

function emitProtocolCall(emitter: Emitter, frame: string, at: number): void {
  openCall(emitter, at);
  emitter.insert(frame);
  closeCall(emitter, at, frame);
}
