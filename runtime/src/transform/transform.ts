/** One file through the transform: parse, find the scopes, decide what may switch, write. */

import { analyze } from './analyze.ts';
import { expressionHandlers } from './calls.ts';
import { classHandlers } from './classes.ts';
import { constructionHandlers } from './constructors.ts';
import { Emitter } from './emitter.ts';
import { functionHandlers } from './functions.ts';
import { findLeftOut } from './leave-out.ts';
import { listHandlers } from './lists.ts';
import { loopHandlers } from './loops.ts';
import { type LoweredImport, lower } from './lower/lower.ts';
import type { LanguageOptions } from './lower/options.ts';
import { emitProgram, type Loading, moduleHandlers } from './module.ts';
import { type Format, parse } from './parse.ts';
import { patternHandlers } from './patterns.ts';
import { findSwitching } from './prune.ts';
import type { SourceMap } from './rope.ts';
import { emitScript } from './script.ts';
import { statementHandlers } from './statements.ts';
import { objectHandlers } from './swapped.ts';
import { withPlainComments } from './tokens.ts';
import { typeHandlers } from './types.ts';
import { typescriptHandlers } from './typescript.ts';
import { Unit } from './unit.ts';

export interface TransformOptions {
  /** The absolute path of the file; its extension says what it is written in. */
  filename: string;
  /** For tests: every call that may switch gives way once, as if by `sleep(0)`. */
  injectSwitches?: boolean;
  /** Who loads the module; by default Node does, by `import`. */
  loading?: Loading;
  /** What kind of file it is; by default what its extension says, then what its text says. */
  format?: Format;
  /** What tsconfig.json says about the language. */
  language?: LanguageOptions;
}

export interface Transformed {
  code: string;
  map: SourceMap;
}

const HANDLERS = {
  ...expressionHandlers,
  ...statementHandlers,
  ...loopHandlers,
  ...listHandlers,
  ...patternHandlers,
  ...functionHandlers,
  ...constructionHandlers,
  ...objectHandlers,
  ...classHandlers,
  ...typeHandlers,
  ...typescriptHandlers,
  ...moduleHandlers,
};

/**
 * Transforms a file of TypeScript or JavaScript.
 *
 * @returns a plain module, which imports what it needs from `greenlets/calls`, and its source map; for a script, a CommonJS file,
 *   which requires it.
 * @throws {SourceError} if it does not parse, or uses what is not supported.
 */
export function transform(code: string, options: TransformOptions): Transformed {
  const { rope } = emitFile(code, options);
  return { code: rope.toString(), map: rope.map(options.filename) };
}

/** Does the transform's work, and leaves what was found out on the way beside the text. */
export function emitFile(code: string, options: TransformOptions): Emitter {
  const { filename, injectSwitches = false, loading } = options;
  const { format = formatOf(filename), language = {} } = options;
  const source = parse(code, filename, format, language);
  const lowered = lower(source, code, filename, language);
  const text = lowered?.code ?? code;
  const file = lowered === undefined ? source : parse(text, filename, format, language);
  const { program } = file;
  const scopes = analyze(program, findLeftOut(file, text, filename), lowered?.names);
  const plain = scopes.isScript ? withPlainComments(text, file.comments) : text;
  const switching = findSwitching(scopes);
  const unit = new Unit(plain, filename, scopes, switching, injectSwitches, lowered?.origin);
  unit.keepsImports = language.keepImports === true;
  if (lowered !== undefined) unit.adopt(lowered.helpers);
  const emitter = new Emitter(unit, HANDLERS, program, loading);
  const imports = importsText(lowered?.imports ?? [], scopes.isScript);
  if (scopes.isScript) emitScript(emitter, program, imports);
  else emitProgram(emitter, program, imports);
  return emitter;
}

/** What the lowered text needs from other modules. */
function importsText(imports: readonly LoweredImport[], isScript: boolean): string {
  return imports
    .map(({ from, name, local }) =>
      isScript
        ? `const{${name}:${local}}=require(${JSON.stringify(from)});`
        : `import{${name} as ${local}}from${JSON.stringify(from)};`,
    )
    .join('');
}

function formatOf(filename: string): Format | undefined {
  if (/\.m[jt]s$/.test(filename)) return 'module';
  return /\.c[jt]s$/.test(filename) ? 'script' : undefined;
}
