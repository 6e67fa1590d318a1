// @ts-check
/** For the build: turns the modules that esbuild has made of the runtime into CommonJS, file by file. */

/** What stands for `import.meta.url` in a module that is going to be converted. */
export const OWN_URL = '$ownUrl';

const IMPORT = /^import (?:(?<what>[^;"']+?) from )?"(?<from>[^"]+)";$/gm;
const EXPORT = /^export \{(?<names>[^}]*)\};$/gm;

/** The language's own globals: what the program puts in their place later is not the runtime's concern. */
const GLOBALS = [
  'Array',
  'ArrayBuffer',
  'Error',
  'Function',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'Set',
  'String',
  'Symbol',
  'TypeError',
  'WeakMap',
  'WeakRef',
  'WeakSet',
];

/**
 * Converts a module of esbuild's output. Its imports become constants, read once: so nothing that another file imports may change.
 *
 * @param {string} text
 * @returns {string}
 * @throws {Error} if it contains what cannot be converted.
 */
export function toCommonjs(text) {
  const head = ['"use strict";'];
  /** @type {string[]} */
  const exported = [];
  if (text.includes(OWN_URL))
    head.push(`const ${OWN_URL}=require("node:url").pathToFileURL(__filename).href;`);
  const used = GLOBALS.filter((name) => new RegExp(`(?<![\\w$.])${name}\\b`).test(text));
  if (used.length > 0) head.push(`const { ${used.join(', ')} } = globalThis;`);
  if (/\bReflect\./.test(text))
    head.push(
      'const Reflect = Object.defineProperties({}, Object.getOwnPropertyDescriptors(globalThis.Reflect));',
    );
  const body = text
    .replace(IMPORT, (_, what, from) => {
      head.push(`${declarationsOf(what)}require(${JSON.stringify(fileOf(from))});`);
      return '';
    })
    .replace(EXPORT, (_, names) => {
      for (const [local, name] of pairsOf(names)) {
        if (isReassigned(local, text)) throw new Error(`${local} changes after its export`);
        exported.push(name === local ? name : `${name}: ${local}`);
      }
      return '';
    });
  const left = /^(?:import|export)\b.*|\bimport\("\..*/m.exec(body);
  if (left !== null) throw new Error(`cannot be converted: ${left[0]}`);
  return `${head.join('\n')}\n${body}\nmodule.exports = { ${exported.join(', ')} };\n`;
}

/**
 * `const { a, b: c } = ` for `{ a, b as c }`; a namespace and a default import, which Node's own modules have, are the whole.
 *
 * @param {string | undefined} what
 */
function declarationsOf(what) {
  if (what === undefined) return '';
  const names = /\{([\s\S]*)\}/.exec(what)?.[1];
  const whole = /^(?:\* as )?([\w$]+)/.exec(what)?.[1];
  if (names === undefined) return `const ${whole} = `;
  if (whole !== undefined) throw new Error(`two kinds of import in one: ${what}`);
  return `const { ${pairsOf(names)
    .map(([name, local]) => (name === local ? name : `${name}: ${local}`))
    .join(', ')} } = `;
}

/**
 * @param {string} names the inside of the braces
 * @returns {[string, string][]} what stands before `as`, and behind it
 */
function pairsOf(names) {
  const each = names.split(',').map((name) => name.trim());
  return each
    .filter((name) => name !== '')
    .map((name) => {
      const [before, behind = before] = name.split(/\s+as\s+/);
      return [/** @type {string} */ (before), /** @type {string} */ (behind)];
    });
}

/** @param {string} from */
function fileOf(from) {
  return from.startsWith('.') ? from.replace(/\.js$/, '.cjs') : from;
}

/**
 * @param {string} name
 * @param {string} text
 */
function isReassigned(name, text) {
  const quoted = name.replaceAll('$', '\\$');
  const writes = text.matchAll(
    new RegExp(
      `(?<![\\w$.])${quoted}(?: (?:[-+*/%&|^?]|\\?\\?|\\|\\||&&)?=(?![=>])|\\+\\+|--)`,
      'g',
    ),
  );
  return [...writes].length > 1;
}
