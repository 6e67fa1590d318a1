// @ts-check
/** A test of test262: what its front matter asks for, and the ways in which it is to be run. */

/**
 * @typedef {object} Variant
 * @property {string} id path, and mode where there are two
 * @property {string} path in `test/`
 * @property {'sloppy' | 'strict' | 'module' | 'raw'} mode
 * @property {boolean} isAsync whether it ends by calling `$DONE`
 * @property {string[]} includes files of the harness
 * @property {{ phase: string, type: string } | undefined} negative the error that it has to end with
 */

/**
 * @param {string} path
 * @param {string} text
 * @returns {Variant[]} empty for a file that is no test
 */
export function variantsOf(path, text) {
  const matter = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1];
  if (matter === undefined) return [];
  const flags = listIn(matter, 'flags');
  const isAsync = flags.includes('async');
  const type = /^negative:[\s\S]*?^\s+type:\s*(\w+)/m.exec(matter)?.[1];
  const phase = /^negative:[\s\S]*?^\s+phase:\s*(\w+)/m.exec(matter)?.[1];
  const negative = type !== undefined && phase !== undefined ? { phase, type } : undefined;
  const includes = ['assert.js', 'sta.js', ...listIn(matter, 'includes')];
  if (isAsync) includes.push('doneprintHandle.js');
  return modesOf(flags).map((mode, _, { length }) => ({
    id: length > 1 ? `${path} (${mode})` : path,
    path,
    mode,
    isAsync,
    includes: mode === 'raw' ? [] : includes,
    negative,
  }));
}

/**
 * @param {string[]} flags
 * @returns {Variant['mode'][]}
 */
function modesOf(flags) {
  if (flags.includes('module')) return ['module'];
  if (flags.includes('raw')) return ['raw'];
  if (flags.includes('onlyStrict')) return ['strict'];
  return flags.includes('noStrict') ? ['sloppy'] : ['sloppy', 'strict'];
}

/**
 * A list of YAML, in either of its forms.
 *
 * @param {string} matter
 * @param {string} key
 */
function listIn(matter, key) {
  const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(matter)?.[1];
  const block = new RegExp(`^${key}:\\s*\\n((?:\\s+-.*\\n?)+)`, 'm').exec(matter)?.[1];
  const items = inline?.split(',') ?? block?.split('\n').map((line) => line.replace(/^\s+-/, ''));
  return (items ?? []).map((item) => item.trim()).filter((item) => item !== '');
}
