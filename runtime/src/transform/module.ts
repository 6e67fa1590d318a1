/** A module's head and end, its imports and exports. */

import { linksOf } from './blocks.ts';
import type { Emitter, Handler } from './emitter.ts';
import { inferName } from './functions.ts';
import { helpersText } from './head.ts';
import type { Node } from './node.ts';
import { isTypeScript } from './parse.ts';
import type { Fn } from './scope.ts';
import { endWithSemicolon } from './statements.ts';
import { sourceFunction } from './texts.ts';
import { isErased } from './types.ts';
import { isLaterPart } from './typescript.ts';

/**
 * Who loads a module: `require`, for which its top level cannot wait, so that a switch in it throws; a bundle, whose modules are in
 * one file and which begins with its entry; or a host such as a test runner or a development server, the true program.
 */
export type Loading = 'required' | 'bundle' | 'bundle-entry' | 'host';

/** The handlers of a module's own statements. */
export const moduleHandlers: Readonly<Record<string, Handler>> = {
  ImportDeclaration: emitImport,
  ExportNamedDeclaration: emitExport,
  ExportAllDeclaration: (emitter, node) =>
    node.exportKind === 'type' ? emitter.blankTo(node.end) : endWithSemicolon(emitter, node),
  ExportDefaultDeclaration: (emitter, node) => {
    if (isErased(node.declaration)) return emitter.blankTo(node.end);
    inferName(emitter, node.declaration, 'default');
    if (/^(?:Function|Class)Declaration$/.test(node.declaration.type))
      return emitter.emitChildren(node);
    endWithSemicolon(emitter, node);
  },
};

/**
 * Writes the whole program.
 *
 * @param text what the head contains besides the helpers.
 */
export function emitProgram(emitter: Emitter, program: Node, text: string): void {
  const { unit, activation } = emitter;
  const hashbang: Node | null = program.interpreter;
  if (hashbang) emitter.copyTo(Math.min(unit.code.length, hashbang.end + 1));
  emitter.emitAll(program.directives);
  const head = emitter.rope.slot();
  emitter.openSlot();
  emitter.insert(linksOf(emitter, program.body));
  const waits = activation.mode === 'await';
  const { loading } = emitter;
  const entering = waits || (loading !== 'required' && usesCalls(program, emitter));
  // In a bundle and in a host `import.meta.url` may be another file's.
  const url = loading === undefined ? 'import.meta.url' : JSON.stringify(unit.filename);
  if (entering) {
    const loader = loading === undefined ? '' : `,${JSON.stringify(loading)}`;
    const call = `${unit.call('$enterTop')}(${url},${!waits}${loader})`;
    emitter.insert(waits ? `await ${call};` : `${call};`);
  }
  emitter.emitAll(program.body);
  // Before the file's last comment, which may have no line break at its end.
  if (entering) emitter.insert(`;${unit.call('$leaveTop')}(${url});`);
  emitter.insert(sourceFunction(unit));
  emitter.copyTo(unit.code.length);
  emitter.declareTemps();
  head.text = text + helpersText(emitter);
}

/** Whether the top level calls anything that might care who runs. What awaits natively cannot be main all the time. */
export function usesCalls(program: Node, emitter: Emitter): boolean {
  const { points, leftOut } = emitter.unit.scopes.fns.get(program) as Fn;
  return points.length > 0 && !(leftOut && points.some(awaits));
}

function awaits({ type, await: isAwait, kind }: Node): boolean {
  return type === 'AwaitExpression' || isAwait === true || kind === 'await using';
}

/** TypeScript drops imports that are only used as types. */
function emitImport(emitter: Emitter, node: Node) {
  if (!isTypeScript(emitter.unit.filename)) return endWithSemicolon(emitter, node);
  if (node.importKind === 'type') return emitter.blankTo(node.end);
  const kept: Node[] = node.specifiers.filter((each: Node) => isUsed(emitter, each));
  if (node.specifiers.length === 0 || kept.length === node.specifiers.length)
    return endWithSemicolon(emitter, node);
  if (kept.length === 0 && !emitter.unit.keepsImports) return emitter.blankTo(node.end);
  const from = kept.length === 0 ? '' : `${specifiersText(emitter, kept)} from `;
  emitter.insert(`import ${from}`, node.start);
  emitter.blankTo(node.source.start);
  emitter.copyTo(node.end);
  if (emitter.unit.code[node.end - 1] !== ';') emitter.insert(';');
}

function isUsed(emitter: Emitter, specifier: Node): boolean {
  if (specifier.importKind === 'type') return false;
  if (emitter.unit.keepsImports) return true;
  const binding = emitter.scope.bindings.get(specifier.local.name);
  return binding === undefined || binding.used || binding.assigned;
}

function specifiersText(emitter: Emitter, specifiers: readonly Node[]): string {
  const { code } = emitter.unit;
  const named: string[] = [];
  const others: string[] = [];
  for (const each of specifiers) {
    const text = code.slice(each.start, each.end).replaceAll(/\s+/g, ' ');
    if (each.type === 'ImportSpecifier') named.push(text);
    else others.push(text);
  }
  if (named.length > 0) others.push(`{ ${named.join(', ')} }`);
  return others.join(', ');
}

function emitExport(emitter: Emitter, node: Node) {
  if (node.exportKind === 'type' || (node.declaration && isErased(node.declaration)))
    return emitter.blankTo(node.end);
  if (node.declaration) {
    if (isLaterPart(emitter, node.declaration)) emitter.blankTo(node.declaration.start);
    emitter.emit(node.declaration);
    return emitter.copyTo(node.end);
  }
  const erased: Node[] = node.specifiers.filter((each: Node) => isTypeExport(emitter, node, each));
  if (erased.length === 0) {
    emitter.copyTo(node.end);
  } else {
    const kept: Node[] = node.specifiers.filter((each: Node) => !erased.includes(each));
    const texts = kept.map((each) => emitter.unit.code.slice(each.start, each.end));
    emitter.insert(`export { ${texts.join(', ')} }${node.source ? ' from ' : ''}`, node.start);
    emitter.blankTo(node.source ? node.source.start : node.end);
    emitter.copyTo(node.end);
  }
  if (emitter.unit.code[node.end - 1] !== ';' || erased.length > 0) emitter.insert(';');
}

function isTypeExport(emitter: Emitter, node: Node, specifier: Node): boolean {
  if (specifier.exportKind === 'type') return true;
  if (node.source) return false;
  const binding = emitter.scope.bindings.get(specifier.local.name);
  return binding?.kind === 'type';
}
