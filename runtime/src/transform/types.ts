/** TypeScript: what has no meaning at run time is erased in place, so that everything else stays where it was. */

import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';

/** The handlers of TypeScript's own nodes. */
export const typeHandlers: Readonly<Record<string, Handler>> = {
  TSAsExpression: keepExpression,
  TSSatisfiesExpression: keepExpression,
  TSNonNullExpression: keepExpression,
  TSInstantiationExpression: keepExpression,
  TSTypeAssertion: (emitter, node) => {
    // Line breaks of the type must not end a `return`.
    const { expression } = node;
    const breaks = /[\n\r\u2028\u2029]/.test(emitter.unit.code.slice(node.start, expression.start));
    if (breaks) emitter.insert('(');
    emitter.blankTo(expression.start);
    emitter.emit(expression);
    if (breaks) emitter.insert(')');
  },
  TSTypeAnnotation: erase,
  TSTypeParameterDeclaration: erase,
  TSTypeParameterInstantiation: erase,
  TSInterfaceDeclaration: erase,
  TSTypeAliasDeclaration: erase,
  TSDeclareFunction: erase,
  TSDeclareMethod: erase,
  TSIndexSignature: erase,
  TSNamespaceExportDeclaration: erase,
  TSClassImplements: erase,
  TSInterfaceHeritage: erase,
  TSExpressionWithTypeArguments: erase,
  TSExportAssignment: (emitter, node) => {
    throw emitter.unit.error(
      '`export =` belongs to CommonJS: an ES module has `export default`',
      node.start,
    );
  },
};

/** Writes white space in place of a node. */
export function erase(emitter: Emitter, node: Node): void {
  emitter.blankTo(node.end);
}

const ERASED_MODIFIERS = /^(?:public|private|protected|override|readonly|abstract|declare)$/;
const WORD_OR_COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*|[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;

/**
 * Copies what stands before a class member's name, without TypeScript's modifiers.
 *
 * @param dropsAsync whether `async` is left out too.
 */
export function emitModifiers(emitter: Emitter, until: number, dropsAsync = false): void {
  const { code } = emitter.unit;
  while (emitter.cursor < until) {
    WORD_OR_COMMENT.lastIndex = emitter.cursor;
    const word = WORD_OR_COMMENT.exec(code)?.[0];
    if (word === undefined) emitter.copyTo(emitter.cursor + 1);
    else if (ERASED_MODIFIERS.test(word) || (dropsAsync && word === 'async'))
      emitter.blankTo(emitter.cursor + word.length);
    else emitter.copyTo(Math.min(until, emitter.cursor + word.length));
  }
}

/** Whether a declaration, or a class member, has no meaning at run time. */
export function isErased(node: Node): boolean {
  if (node.declare || node.abstract) return true;
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSDeclareMethod':
    case 'TSIndexSignature':
    case 'TSNamespaceExportDeclaration':
      return true;
    case 'TSModuleDeclaration':
      return isTypeOnly(node);
    case 'TSImportEqualsDeclaration':
      return node.importKind === 'type';
    default:
      return false;
  }
}

function keepExpression(emitter: Emitter, node: Node): void {
  emitter.emit(node.expression);
  emitter.blankTo(node.end);
}

/** Whether a namespace has only types in it. */
export function isTypeOnly(node: Node): boolean {
  if (!node.body) return true;
  if (node.body.type !== 'TSModuleBlock') return isTypeOnly(node.body);
  return node.body.body.every((each: Node) => {
    const declaration = each.type === 'ExportNamedDeclaration' ? each.declaration : each;
    return declaration ? isErased(declaration) : each.exportKind === 'type';
  });
}
