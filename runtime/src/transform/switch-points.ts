/**
 * The calls of a file that may switch, and why each of them may: what an editor marks. The transform itself says which calls these
 * are; here they get their reasons, and those are left out that call what is known never to switch.
 */

import type { FileOutline, RuntimeForms, SwitchPoint } from '../protocol/switch-points.ts';
import { positionOf } from './call-shape.ts';
import { Causes, ITERATOR } from './causes.ts';
import type { Node } from './node.ts';
import type { Scopes } from './scope.ts';
import { emitFile, type TransformOptions } from './transform.ts';
import type { Unit } from './unit.ts';

/** How many numbers the table of sites has for each. */
const NUMBERS_PER_SITE = 4;

/**
 * Finds the calls that may switch, and the functions of the file.
 *
 * @param forms which functions and methods of the runtime may switch.
 * @throws {SourceError} if the file does not parse, or uses what is not supported.
 */
export function outline(code: string, options: TransformOptions, forms: RuntimeForms): FileOutline {
  const { unit } = emitFile(code, options);
  const { scopes } = unit;
  const causes = new Causes(scopes, forms, (offset) => lineAt(unit, offset));
  const nodes = pointsByPlace(scopes);
  const points = new Map<string, SwitchPoint>();
  for (const [index, place] of unit.places.entries()) {
    const at = index * NUMBERS_PER_SITE;
    const [fn = 0, line = 0, column = 0] = unit.numbers.slice(at, at + NUMBERS_PER_SITE);
    const callee = calleeText(unit.callees[index] as string);
    const cause = causes.of(nodes.get(place), callee);
    // A loop has several sites: for its iterator, its steps, and its end.
    const key = callee === ITERATOR ? `${line}` : `${line}:${column} ${callee}`;
    if (cause === null || points.has(key)) continue;
    points.set(key, { line, column, function: unit.functions[fn] as string, callee, ...cause });
  }
  return { points: [...points.values()], functions: functionsOf(unit) };
}

/** The callee as people know it: a loop calls a helper of the transform's. */
function calleeText(callee: string): string {
  return callee.startsWith('$') && callee.endsWith('()') ? ITERATOR : callee;
}

/** The places in the syntax tree that may switch, by where their sites stand. */
function pointsByPlace(scopes: Scopes): Map<number, Node> {
  const places = new Map<number, Node>();
  for (const fn of scopes.fns.values()) {
    for (const node of fn.points) {
      const isCall = /^(?:Optional)?CallExpression$|^Tagged/.test(node.type);
      const place = isCall && node.callee?.type !== 'Super' ? positionOf(node) : node.start;
      places.set(place, node);
    }
  }
  return places;
}

function functionsOf(unit: Unit): FileOutline['functions'] {
  const functions: FileOutline['functions'] = [];
  for (const { kind, node } of unit.scopes.fns.values()) {
    if (kind === 'module' || kind === 'field' || kind === 'static') continue;
    functions.push({ line: lineAt(unit, node.start), endLine: lineAt(unit, node.end) });
  }
  return functions.sort((a, b) => a.line - b.line || b.endLine - a.endLine);
}

/** The one-based line in the source of an offset in the text. */
function lineAt(unit: Unit, offset: number): number {
  return unit.placeAt(offset)[0] + 1;
}
