/** Source text to syntax tree, and the errors of source texts. */

import { type ParserOptions, type ParserPlugin, parse as parseText } from '@babel/parser';
import type { LanguageOptions } from './lower/options.ts';
import type { Node } from './node.ts';

/** What kind of file the text is of. */
export type Format = 'module' | 'script';

/** A source text that cannot be transformed: it does not parse, or it uses a construct that is not supported. */
export class SourceError extends SyntaxError {
  override name = 'SyntaxError';
  readonly filename: string;
  /** One-based. */
  readonly line: number;
  /** One-based. */
  readonly column: number;

  constructor(message: string, code: string, filename: string, offset: number) {
    const { line, column } = positionOf(code, offset);
    super(`${filename}:${line}:${column}: ${message}\n\n${codeFrame(code, line, column)}`);
    this.filename = filename;
    this.line = line;
    this.column = column;
    // Where in the transform it was noticed helps nobody.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * Parses a file.
 *
 * @param format undefined: a module if it has `import`, `export` or top-level `await`, a script otherwise.
 * @throws {SourceError} where the text does not parse.
 */
export function parse(
  code: string,
  filename: string,
  format?: Format,
  language: LanguageOptions = {},
): Node {
  const options: ParserOptions = {
    sourceType: format ?? 'unambiguous',
    createParenthesizedExpressions: true,
    createImportExpressions: true,
    attachComment: false,
    allowReturnOutsideFunction: format !== 'module',
    allowNewTargetOutsideFunction: format !== 'module',
    allowUndeclaredExports: true,
    errorRecovery: language.legacyDecorators === true,
    plugins: pluginsFor(filename),
  };
  try {
    const file = parseText(code, options) as unknown as Node;
    const error = file.errors?.find((each: { reasonCode: string }) => !isLegacy(each));
    if (error !== undefined) throw error;
    return file;
  } catch (error) {
    const { pos, message } = error as { pos?: unknown; message: string };
    if (typeof pos !== 'number') throw error;
    throw new SourceError(message.replace(/ \(\d+:\d+\)$/, ''), code, filename, pos);
  }
}

/** Whether a text has what only a module can have: `import`, `export`, `import.meta`. */
export function hasModuleSyntax(code: string, filename: string): boolean {
  const language = { legacyDecorators: true };
  return parse(code, filename, undefined, language).program.sourceType === 'module';
}

/** Whether the file's name says that it is TypeScript. */
export function isTypeScript(filename: string): boolean {
  return /\.[cm]?tsx?$/.test(filename);
}

/** Old decorators may stand before parameters. (The parser's own plugin for them takes `@dec [key]()` for a member access.) */
function isLegacy(error: { reasonCode: string }): boolean {
  return error.reasonCode === 'UnsupportedParameterDecorator';
}

function pluginsFor(filename: string): ParserPlugin[] {
  const plugins: ParserPlugin[] = [
    ['decorators', { allowCallParenthesized: true }],
    'decoratorAutoAccessors',
    'explicitResourceManagement',
    'importAttributes',
  ];
  if (isTypeScript(filename)) plugins.push('typescript');
  if (/x$/.test(filename)) plugins.push('jsx');
  return plugins;
}

/** Line and column of an offset, both one-based. */
function positionOf(code: string, offset: number): { line: number; column: number } {
  const before = code.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

const LINES_AROUND = 2;

/** The lines around a position, with a mark under it. */
function codeFrame(code: string, line: number, column: number): string {
  const lines = code.split(/\r\n|[\n\r\u2028\u2029]/);
  const first = Math.max(1, line - LINES_AROUND);
  const last = Math.min(lines.length, line + LINES_AROUND);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const gutter = String(number).padStart(width);
    frame.push(`${number === line ? '>' : ' '} ${gutter} | ${lines[number - 1]}`.trimEnd());
    if (number === line) frame.push(`  ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`);
  }
  return frame.join('\n');
}
