/** Scripts as syntax trees, for what V8 does not tell. */

import { parse } from '@babel/parser';

/** A part of a script; Babel's: one-based lines, zero-based columns. */
export interface Range {
  start: Position;
  end: Position;
}

export interface Position {
  line: number;
  column: number;
}

/** A node of the tree, with whatever else its type has. */
export interface SyntaxNode {
  type: string;
  loc: Range;
  [name: string]: unknown;
}

/**
 * Visits all nodes of a script, outer ones first. Text that V8 runs and Babel cannot read has none.
 *
 * @param visit gets each node and the one around it.
 */
export function visitScript(
  source: string,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
): void {
  let program: unknown;
  try {
    program = parse(source, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    }).program;
  } catch {
    return;
  }
  walk(program, null, visit);
}

/** Whether a node is a function, whatever its kind. */
export function isFunction({ type }: SyntaxNode): boolean {
  return FUNCTION.test(type);
}

const FUNCTION = /Function|^(?:Object|Class|ClassPrivate)Method$|^StaticBlock$/;

function walk(
  node: unknown,
  parent: SyntaxNode | null,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
): void {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, parent, visit);
    return;
  }
  if (typeof node !== 'object' || node === null || !('type' in node)) return;
  visit(node as SyntaxNode, parent);
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'loc') walk(value, node as SyntaxNode, visit);
  }
}
