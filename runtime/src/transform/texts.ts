/**
 * What `toString` shows: a function or class whose text the transform has changed ends with a comment, `/*$KEY:START-END*\/`, which says
 * where it stands in the original source. The comment costs nothing until somebody asks. The source itself is a comment, too, in a
 * function at the file's end that is never called.
 */

import type { Emitter } from './emitter.ts';
import type { Node } from './node.ts';
import type { Unit } from './unit.ts';

/** Writes a body's last brace, and before it the mark of its function or class. What is left out of the transform stays without one. */
export function closeBody(emitter: Emitter, node: Node, end: number, isChanged = true): void {
  emitter.copyTo(end - 1);
  if (isChanged && !emitter.activation.fn.leftOut) emitter.insert(markOf(emitter.unit, node));
  emitter.copyTo(end);
}

/** The mark of a function or a class. */
export function markOf(unit: Unit, node: Node): string {
  const { origin } = unit;
  const start = startOf(unit.code, node);
  const from = origin?.near(start) ?? start;
  const to = origin === undefined ? node.end : origin.near(node.end - 1) + 1;
  return `/*$${unit.textKey()}:${from}-${to}*/`;
}

const NOT_OF_TEXT =
  /\s+|\/\*[\s\S]*?\*\/|\/\/.*|(?:static|public|private|protected|override|abstract|declare|readonly)(?=[\s/])(?!\s*[(=;<])/y;

/** Where the text of a function begins: `static` and TypeScript's modifiers are no part of it. */
function startOf(code: string, node: Node): number {
  let at = Math.max(node.start, node.decorators?.at(-1)?.end ?? 0);
  if (!/^Class/.test(node.type)) return at;
  for (;;) {
    NOT_OF_TEXT.lastIndex = at;
    if (!NOT_OF_TEXT.test(code)) return at;
    at = NOT_OF_TEXT.lastIndex;
  }
}

/** The function for the file's end that holds the source; empty where no function has a mark. */
export function sourceFunction(unit: Unit): string {
  if (!unit.hasMarks) return '';
  const source = JSON.stringify(unit.origin?.source ?? unit.code)
    .replaceAll('*/', '*\\u002f')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `function ${unit.helper('$text')}(){/*${source}*/}`;
}

/** What registers that function at the file's head. */
export function registerSource(unit: Unit): string {
  if (!unit.hasMarks) return '';
  return `${unit.call('$source')}("${unit.textKey()}",${unit.helper('$text')});`;
}
