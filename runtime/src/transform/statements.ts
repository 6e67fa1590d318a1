/** Statements: each ends with a semicolon in the output, since what follows may begin with a parenthesis. */

import { emitStatements, emitSwitch, emitUsing, isUsing } from './blocks.ts';
import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';
import { erase } from './types.ts';

/** The handlers of statements. */
export const statementHandlers: Readonly<Record<string, Handler>> = {
  ExpressionStatement: endWithSemicolon,
  Directive: endWithSemicolon,
  ThrowStatement: endWithSemicolon,
  BreakStatement: endWithSemicolon,
  ContinueStatement: endWithSemicolon,
  DebuggerStatement: endWithSemicolon,
  DoWhileStatement: endWithSemicolon,
  VariableDeclaration: (emitter, node) => {
    if (node.declare) return erase(emitter, node);
    if (isUsing(node)) {
      emitUsing(emitter, node);
      if (emitter.unit.code[node.end - 1] !== ';') emitter.insert(';');
      return;
    }
    endWithSemicolon(emitter, node);
  },
  BlockStatement: (emitter, node) => {
    emitter.copyTo(node.start + 1);
    emitStatements(emitter, node.body);
    emitter.copyTo(node.end);
  },
  IfStatement: (emitter, node) => {
    emitter.emit(node.test);
    emitBranch(emitter, node.consequent);
    if (node.alternate) emitBranch(emitter, node.alternate);
  },
  // No name in there can be relied on, those of the helpers included.
  WithStatement: (emitter, node) => {
    emitter.emit(node.object);
    emitter.copyTo(node.end);
  },
  SwitchStatement: emitSwitch,
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

/** A function alone behind `if (…)` gets a block, for its two forms. */
function emitBranch(emitter: Emitter, node: Node): void {
  if (node.type !== 'FunctionDeclaration') {
    emitter.emit(node);
    return;
  }
  emitter.copyTo(node.start);
  emitter.insert('{');
  emitStatements(emitter, [node]);
  emitter.insert('}');
}

/** Writes a node with its children, and a semicolon where it has none. */
export function endWithSemicolon(emitter: Emitter, node: Node): void {
  emitter.emitChildren(node);
  if (emitter.unit.code[node.end - 1] !== ';') emitter.insert(';');
}
