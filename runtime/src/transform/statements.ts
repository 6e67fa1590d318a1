/** Statements: each ends with a semicolon in the output, since what follows may begin with a parenthesis. */

import type { Emitter, Handler } from './emitter.ts';
import { linksOf } from './functions.ts';
import type { Node } from './node.ts';
import { erase } from './types.ts';

/** The handlers of statements. */
export const statementHandlers: Readonly<Record<string, Handler>> = {
  ExpressionStatement: endWithSemicolon,
  Directive: endWithSemicolon,
  ReturnStatement: endWithSemicolon,
  ThrowStatement: endWithSemicolon,
  BreakStatement: endWithSemicolon,
  ContinueStatement: endWithSemicolon,
  DebuggerStatement: endWithSemicolon,
  DoWhileStatement: endWithSemicolon,
  VariableDeclaration: (emitter, node) => {
    if (node.declare) return erase(emitter, node);
    if (node.kind === 'using' || node.kind === 'await using')
      emitter.unsupported('A `using` declaration', node);
    endWithSemicolon(emitter, node);
  },
  BlockStatement: (emitter, node) => {
    emitter.copyTo(node.start + 1);
    emitter.insert(linksOf(emitter, node.body));
    emitter.emitAll(node.body);
    emitter.copyTo(node.end);
  },
  TryStatement: (emitter, node) => {
    const { activation } = emitter;
    if (node.handler) activation.guards++;
    emitter.emit(node.block);
    if (node.handler) {
      activation.guards--;
      emitter.emit(node.handler);
    }
    if (node.finalizer) emitter.emit(node.finalizer);
    emitter.copyTo(node.end);
  },
};

/** Writes a node with its children, and a semicolon where it has none. */
export function endWithSemicolon(emitter: Emitter, node: Node): void {
  emitter.emitChildren(node);
  if (emitter.unit.code[node.end - 1] !== ';') emitter.insert(';');
}
