/** The quick fix for a call that blocks: the program calls `patchAll()` of greenlets/monkey before anything else. */

/** Text to put in at the beginning of a line. */
export interface Insertion {
  /** Zero-based. */
  line: number;
  text: string;
}

const IMPORT = "import { patchAll } from 'greenlets/monkey';";
const CALL = 'patchAll();';

/**
 * What to put in so that a file patches Node: an import, and a call below the imports. Empty where it does so already.
 *
 * @param text a module.
 */
export function patchEdits(text: string): Insertion[] {
  const lines = text.split('\n');
  const edits: Insertion[] = [];
  const { first, end } = importsOf(lines);
  if (!/\bpatchAll\b[^;]*from\s*['"]greenlets\/monkey['"]/.test(text)) {
    edits.push({ line: first, text: `${IMPORT}\n` });
  }
  if (!/^\s*patchAll\s*\(/m.test(text)) edits.push({ line: end, text: `\n${CALL}\n` });
  return edits;
}

/** The line of the first import, and the one after the last; without imports, where they would stand. */
function importsOf(lines: readonly string[]): { first: number; end: number } {
  let first: number | undefined;
  let end = startOf(lines);
  for (let at = end; at < lines.length; at++) {
    if (!/^import\b(?!\s*[(.])/.test(lines[at] ?? '')) continue;
    first ??= at;
    // An import of several names may go over several lines: it ends with the name of the module.
    while (at < lines.length && !/['"][^'"]*['"]/.test(lines[at] ?? '')) at++;
    end = at + 1;
  }
  return { first: first ?? end, end };
}

/** The line after the comment that a file begins with. */
function startOf(lines: readonly string[]): number {
  let at = lines[0]?.startsWith('#!') ? 1 : 0;
  if (lines[at]?.startsWith('/*')) {
    while (at < lines.length && !lines[at]?.includes('*/')) at++;
    at++;
  }
  while (lines[at]?.startsWith('//')) at++;
  return Math.min(at, lines.length);
}
