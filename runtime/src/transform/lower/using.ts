/** `using` where it is no statement of a block: it becomes one. The transform proper deals with those. */

import type { Node } from '../node.ts';
import { boundNames } from '../scope.ts';
import { isErased } from '../types.ts';
import type { Lowering, LoweringHandler } from './lowering.ts';

/** The handlers of what may hold such declarations. */
export const disposableHandlers: Readonly<Record<string, LoweringHandler>> = {
  Program: emitProgram,
  ForStatement: (lowering, node) => emitFor(lowering, node, ''),
  ForOfStatement: emitForOf,
  LabeledStatement: emitLabeled,
};

/** Whether a node is a `using` or an `await using` declaration. */
export function isUsing(node: Node | null | undefined): boolean {
  return node?.type === 'VariableDeclaration' && /using$/.test(node.kind);
}

/** `a: for (using x = open(); …)`: the labels stay right before the loop. */
function emitLabeled(lowering: Lowering, node: Node) {
  let labels = '';
  let body = node;
  for (; body.type === 'LabeledStatement'; body = body.body) labels += `${body.label.name}:`;
  if (body.type !== 'ForStatement' || !isUsing(body.init)) return lowering.emitChildren(node);
  lowering.blankTo(body.start);
  emitFor(lowering, body, labels);
}

/** `for (using x = open(); test; update) body` becomes `{using x = open();for(; test; update) body}`. */
function emitFor(lowering: Lowering, node: Node, labels: string) {
  const { init } = node;
  if (!isUsing(init)) return lowering.emitChildren(node);
  lowering.insert('{', node.start);
  lowering.blankTo(init.start);
  lowering.emitChildren(init);
  lowering.insert(`;${labels}for(`, node.start);
  lowering.emitChildren(node);
  lowering.insert('}');
}

/** `for (using x of list) body` becomes `for (const $x1 of list) {using x=$x1;body}`. */
function emitForOf(lowering: Lowering, node: Node) {
  const { left, body } = node;
  if (!isUsing(left)) return lowering.emitChildren(node);
  const item = lowering.fresh('$x');
  const { id } = left.declarations[0];
  lowering.copyTo(left.start);
  lowering.insert(`const ${item}`, left.start);
  lowering.blankTo(left.end);
  lowering.emit(node.right);
  lowering.copyTo(body.start);
  lowering.insert(`{${left.kind} `, left.start);
  lowering.emitAside(id);
  lowering.insert(`=${item};`);
  lowering.emit(body);
  lowering.insert('}');
}

const OUTSIDE = /^(?:ImportDeclaration|ExportAllDeclaration|TSImportEqualsDeclaration)$/;

/**
 * A module with `using` at its top level: everything but its imports goes into a block, and what it exports is exported at the end, by
 * variables that live outside.
 */
function emitProgram(lowering: Lowering, program: Node) {
  const statements: Node[] = program.body;
  if (!statements.some(isUsing)) return lowering.emitChildren(program);
  const names = exportedNames(statements);
  const tail: string[] = [];
  const isOutside = (each: Node) =>
    OUTSIDE.test(each.type) || (each.type === 'ExportNamedDeclaration' && each.source);
  const first = statements.findIndex((each) => !isOutside(each));
  for (const each of statements.slice(0, first)) lowering.emit(each);
  lowering.copyTo((statements[first] as Node).start);
  lowering.insert(`{${hoisted(lowering, statements, names, tail)}`);
  for (const each of statements.slice(first)) {
    lowering.copyTo(each.start);
    if (isOutside(each)) {
      tail.push(flat(lowering, each));
      lowering.blankTo(each.end);
    } else {
      emitInside(lowering, each, names, tail);
    }
  }
  lowering.copyTo(program.end);
  const lists = statements.filter((each) => isList(each) && each.exportKind !== 'type');
  for (const each of lists) tail.push(exportList(lowering, each));
  // A comment may stand at the very end.
  const last = lowering.comments.at(-1);
  const commented = last?.type === 'CommentLine' && last.end === lowering.code.length;
  lowering.insert(`${commented ? '\n' : ''}}${tail.map((each) => `${each};`).join('')}`);
}

/** The local names that the module exports by lists: `export { a as b }`. */
function exportedNames(statements: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const each of statements) {
    if (isList(each)) for (const { local } of each.specifiers) names.add(local.name);
  }
  return names;
}

/** Whether a statement is a list of what this module itself exports. */
function isList(statement: Node): boolean {
  return statement.type === 'ExportNamedDeclaration' && !statement.source && !statement.declaration;
}

/** Functions can be exported before the block's statements run. */
function hoisted(
  lowering: Lowering,
  statements: readonly Node[],
  names: ReadonlySet<string>,
  tail: string[],
): string {
  let text = '';
  for (const each of statements) {
    const isExported = each.type === 'ExportNamedDeclaration';
    const declaration: Node | undefined = isExported ? each.declaration : each;
    if (declaration?.type !== 'FunctionDeclaration') continue;
    const { name } = declaration.id;
    if (!isExported && !names.has(name)) continue;
    text += copyOut(lowering, name, isExported, tail);
  }
  return text;
}

/** `var $x1=f;`, and `export{$x1 as f}` where the declaration itself said `export`. */
function copyOut(lowering: Lowering, name: string, exports: boolean, tail: string[]): string {
  const outside = lowering.fresh('$x');
  outsideOf(lowering).set(name, outside);
  if (exports) tail.push(`export{${outside} as ${name}}`);
  return `var ${outside}=${name};`;
}

const outsides = new WeakMap<Lowering, Map<string, string>>();

/** What the block's names are called outside. */
function outsideOf(lowering: Lowering): Map<string, string> {
  let known = outsides.get(lowering);
  if (known === undefined) {
    known = new Map();
    outsides.set(lowering, known);
  }
  return known;
}

function emitInside(
  lowering: Lowering,
  statement: Node,
  names: ReadonlySet<string>,
  tail: string[],
) {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      if (statement.exportKind === 'type') return lowering.emit(statement);
      if (statement.declaration) return emitExported(lowering, statement.declaration, tail);
      return lowering.blankTo(statement.end);
    case 'ExportDefaultDeclaration':
      return emitDefault(lowering, statement, tail);
    case 'VariableDeclaration':
      if (boundByDeclaration(statement).some((name) => names.has(name)))
        return emitAsVar(lowering, statement);
      break;
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      if (statement.id.type === 'Identifier' && names.has(statement.id.name)) {
        lowering.emit(statement);
        return lowering.insert(`;${copyOut(lowering, statement.id.name, false, tail)}`);
      }
  }
  lowering.emit(statement);
}

function emitExported(lowering: Lowering, declaration: Node, tail: string[]) {
  lowering.blankTo(declaration.start);
  if (isErased(declaration)) return lowering.emit(declaration);
  if (declaration.type === 'VariableDeclaration') {
    emitAsVar(lowering, declaration);
    for (const name of boundByDeclaration(declaration)) tail.push(`export{${name}}`);
    return;
  }
  lowering.emit(declaration);
  if (declaration.type !== 'FunctionDeclaration')
    lowering.insert(`;${copyOut(lowering, declaration.id.name, true, tail)}`);
}

function emitAsVar(lowering: Lowering, declaration: Node) {
  lowering.insert('var', declaration.start);
  lowering.skipTo(declaration.start + declaration.kind.length);
  lowering.emitChildren(declaration);
  if (lowering.code[declaration.end - 1] !== ';') lowering.insert(';');
}

/** `export default E` becomes `var $x1=({"default":E})["default"]`: the object gives its name to a function or class without one. */
function emitDefault(lowering: Lowering, statement: Node, tail: string[]) {
  const { declaration } = statement;
  lowering.blankTo(declaration.start);
  if (isErased(declaration)) return lowering.emit(declaration);
  const outside = lowering.fresh('$x');
  tail.push(`export{${outside} as default}`);
  if (declaration.id && /Declaration$/.test(declaration.type)) {
    lowering.emit(declaration);
    return lowering.insert(`;var ${outside}=${declaration.id.name};`);
  }
  lowering.insert(`var ${outside}=({"default":`);
  lowering.emit(declaration);
  lowering.insert(`})["default"];`);
  lowering.blankTo(statement.end);
}

function exportList(lowering: Lowering, statement: Node): string {
  const known = outsideOf(lowering);
  const texts = statement.specifiers.map((each: Node) => {
    const type = each.exportKind === 'type' ? 'type ' : '';
    const local: string = each.local.name;
    const exported = lowering.code.slice(each.exported.start, each.exported.end);
    return `${type}${known.get(local) ?? local} as ${exported}`;
  });
  return `export{${texts.join(',')}}`;
}

function boundByDeclaration(declaration: Node): string[] {
  return declaration.declarations.flatMap((each: Node) => boundNames(each.id));
}

/** The text of an import or export on one line. */
function flat(lowering: Lowering, node: Node): string {
  let text = '';
  let at = node.start;
  for (const { start, end } of lowering.comments) {
    if (start < at || end > node.end) continue;
    text += lowering.code.slice(at, start);
    at = end;
  }
  return (text + lowering.code.slice(at, node.end)).replaceAll(/\s+/g, ' ').replace(/;$/, '');
}
