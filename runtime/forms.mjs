// @ts-check
/**
 * Asks the built runtime which of its functions may switch: those that have a second form. For the marks in the editor.
 * `node runtime/forms.mjs FOLDER ENTRY…` prints it as JSON, by entry and name.
 */

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const FORM = Symbol.for('greenlets.form');
const [folder = '', ...entries] = process.argv.slice(2);
const require = createRequire(`${resolve(folder)}/`);
/** @type {Record<string, Record<string, import('./src/protocol/switch-points.ts').RuntimeForm>>} */
const forms = {};
for (const entry of entries) {
  const name = entry === 'index' ? 'greenlets' : `greenlets/${entry}`;
  const names = Object.entries(require(`./${entry}.cjs`));
  forms[name] = Object.fromEntries(
    names
      .filter(([, value]) => typeof value === 'function')
      .map(([key, value]) => [key, isClass(value) ? formsOfClass(value) : hasForm(value)]),
  );
}
console.log(JSON.stringify(forms));

/** @param {any} made */
function formsOfClass(made) {
  return { methods: switching(made.prototype), statics: switching(made) };
}

/** @param {any} object whose own and inherited members are looked at */
function switching(object) {
  /** @type {Set<string>} */
  const names = new Set();
  for (let at = object; at !== null && !isNative(at); at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (hasForm(value)) names.add(name);
  }
  return [...names].sort();
}

/** @param {unknown} value */
function hasForm(value) {
  return typeof value === 'function' && Reflect.get(value, FORM)?.owner === value;
}

/** @param {any} value */
function isClass(value) {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** @param {unknown} object */
function isNative(object) {
  return object === Function.prototype || object === Object.prototype;
}
