/**
 * The step before the transform proper: constructs that Node 20 does not parse become ones that it does. Decorators, `accessor`
 * fields, JSX, and `using` where it is no statement of a block. Everything else stays as it stands, types included, and every
 * token keeps its way back to the source.
 *
 * Rejected: Babel's plugins for the same. They need Babel's core and its generator, which prints the whole file anew: breakpoints and
 * `toString` would show what nobody wrote, and the extension would be a megabyte larger.
 */

import { childrenOf, type Node } from '../node.ts';
import type { Origin } from '../origin.ts';
import type { Import } from '../unit.ts';
import { classHandlers, nameClasses, needsLowering } from './classes.ts';
import { jsxHandlers } from './jsx.ts';
import { Lowering } from './lowering.ts';
import type { LanguageOptions } from './options.ts';
import { disposableHandlers, isUsing } from './using.ts';

/** A file after this step. */
export interface Lowered {
  readonly code: string;
  readonly origin: Origin;
  /** The helpers that the text calls, by the names that it has for them. */
  readonly helpers: ReadonlyMap<Import, string>;
  /** The names that the step has made up; calls of them, and of their members, never switch. */
  readonly names: ReadonlySet<string>;
  /** What the text needs from other modules. */
  readonly imports: readonly LoweredImport[];
}

export interface LoweredImport {
  readonly from: string;
  readonly name: string;
  readonly local: string;
}

const HANDLERS = { ...jsxHandlers, ...disposableHandlers, ...classHandlers };

/**
 * Lowers a file.
 *
 * @param file the syntax tree of `code`.
 * @returns undefined if there is nothing to lower.
 * @throws {SourceError} for a use that is not supported.
 */
export function lower(
  file: Node,
  code: string,
  filename: string,
  options: LanguageOptions,
): Lowered | undefined {
  if (!MAY_NEED_IT.test(code) && options.defineFields !== false) return undefined;
  const { program } = file;
  if (!isNeeded(program, options)) return undefined;
  const lowering = new Lowering(code, filename, options, HANDLERS, file.comments ?? []);
  nameClasses(lowering, program);
  lowering.emit(program);
  lowering.copyTo(code.length);
  return {
    code: lowering.rope.toString(),
    origin: lowering.rope.toOrigin(),
    helpers: lowering.helpers,
    names: lowering.names,
    imports: lowering.imports,
  };
}

/** A text that has none of these needs no look at its tree. */
const MAY_NEED_IT = /@|\busing\b|\baccessor\b|<\/|\/>/;

function isNeeded(node: Node, options: LanguageOptions): boolean {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return true;
    case 'Program':
      if (node.body.some(isUsing)) return true;
      break;
    case 'ForStatement':
      if (isUsing(node.init)) return true;
      break;
    case 'ForOfStatement':
      if (isUsing(node.left)) return true;
      break;
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (needsLowering(node, options)) return true;
      break;
  }
  return childrenOf(node).some((child) => isNeeded(child, options));
}
