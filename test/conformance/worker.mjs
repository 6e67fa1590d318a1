// @ts-check
/** A process that runs tests of test262 in one way, and sends for each why it failed; an empty text where it passed. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { Greenlet } from 'greenlets';
import * as calls from 'greenlets/calls';
import { transform } from 'greenlets/transform';

const [, , way, root = ''] = process.argv;
const transforms = way !== 'plain';
const injectSwitches = way === 'switching';
const nodeRequire = createRequire(import.meta.url);
const PATIENCE = 5_000;
/** Tests change these. */
const timers = { set: setTimeout, clear: clearTimeout };
const send = /** @type {NonNullable<typeof process.send>} */ (process.send).bind(process);

/** @typedef {import('./variants.mjs').Variant} Variant */

// The runner's own module is the program's entry: from now on each module has a greenlet of its own.
calls.$enterTop(import.meta.url, true);
calls.$leaveTop(import.meta.url);
process.on('unhandledRejection', () => {});
/** @type {(error: unknown) => void} */
let failed = () => {};
process.on('uncaughtException', (error) => failed(error));

process.once('message', async (/** @type {Variant[]} */ batch) => {
  for (let at = 0; at < batch.length; at++) {
    const variant = /** @type {Variant} */ (batch[at]);
    send([variant.id, await outcomeOf(variant)]);
  }
  process.disconnect();
  process.exit();
});

/**
 * @param {Variant} variant
 * @returns {Promise<string>}
 */
async function outcomeOf(variant) {
  const { negative } = variant;
  const end = await endOf(variant);
  if (negative === undefined) return end.threw ? textOf(end.error) : '';
  if (!end.threw) return `should have thrown ${negative.type}`;
  const name = nameOf(end.error);
  return name === negative.type ? '' : `threw ${textOf(end.error)} in place of ${negative.type}`;
}

/**
 * @param {Variant} variant
 * @returns {Promise<{ threw: boolean, error?: unknown }>}
 */
function endOf(variant) {
  return new Promise((settle) => {
    const timer = timers.set(
      () => settle({ threw: true, error: new Error('takes too long') }),
      PATIENCE,
    );
    const done = (/** @type {unknown[]} */ ...errors) => {
      timers.clear(timer);
      settle({ threw: errors.length > 0, error: errors[0] });
    };
    let ended = false;
    let told = !variant.isAsync;
    failed = (error) => done(error);
    const global = /** @type {any} */ (globalThis);
    global.$262 = host;
    global.print = (/** @type {unknown} */ text) => {
      if (text === 'Test262:AsyncTestComplete') {
        told = true;
        if (ended) done();
      } else if (String(text).startsWith('Test262:AsyncTestFailure:')) done(String(text));
    };
    const ends = () => {
      ended = true;
      if (told) done();
    };
    const run = variant.mode === 'module' ? runModule : runScript;
    run(variant).then(ends, done);
  });
}

/** @param {Variant} variant */
async function runScript(variant) {
  const filename = join(root, 'test', variant.path);
  vm.runInThisContext(harnessOf(variant));
  const text = `${variant.mode === 'strict' ? '"use strict";\n' : ''}${ownHarnessOf(variant)}${readFileSync(filename, 'utf8')}`;
  const code = transforms
    ? transform(text, { filename, injectSwitches, format: 'script' }).code
    : text;
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
  const module = { exports: {} };
  /** @type {Greenlet | undefined} */
  let greenlet;
  /** The test's top level in a greenlet of its own. */
  const $script = (
    /** @type {string} */ _,
    /** @type {unknown} */ self,
    /** @type {any[]} */ args,
    /** @type {any} */ body,
  ) => {
    const form = () => Reflect.apply(body, self, args);
    greenlet = new Greenlet(calls.$link(() => {}, form));
    greenlet.name = 'test';
    greenlet.start();
  };
  const face = { ...calls, $script };
  const require = (/** @type {string} */ id) => (id === 'greenlets/calls' ? face : nodeRequire(id));
  const run = vm.compileFunction(code, parameters, {
    filename,
    importModuleDynamically: /** @type {any} */ (importFrom),
  });
  Reflect.apply(run, module.exports, [
    module.exports,
    require,
    module,
    filename,
    dirname(filename),
  ]);
  if (greenlet === undefined) return;
  await ended(greenlet);
}

/** @param {Greenlet} greenlet */
function ended(greenlet) {
  return new Promise((resolve, reject) => {
    greenlet.rawlink(() => {
      if (greenlet.successful()) resolve(undefined);
      else reject(greenlet.exception);
    });
  });
}

/** @type {Map<string, vm.Module>} */
let modules = new Map();

/** @param {Variant} variant */
async function runModule(variant) {
  modules = new Map();
  const path = join(root, 'test', variant.path);
  vm.runInThisContext(harnessOf(variant));
  const module = moduleOf(path, ownHarnessOf(variant));
  await module.link(/** @type {any} */ (linked));
  await calls.$import(module.evaluate());
}

/**
 * @param {string} path
 * @param {string} head
 */
function moduleOf(path, head = '') {
  let module = modules.get(path);
  if (module === undefined) {
    const text = head + readFileSync(path, 'utf8');
    const code = transforms
      ? transform(text, { filename: path, injectSwitches, format: 'module' }).code
      : text;
    module = new vm.SourceTextModule(code, {
      identifier: path,
      initializeImportMeta: (meta) => {
        meta.url = pathToFileURL(path).href;
      },
      importModuleDynamically: /** @type {any} */ (importFrom),
    });
    modules.set(path, module);
  }
  return module;
}

/**
 * @param {string} specifier
 * @param {vm.Module} from
 */
function linked(specifier, from) {
  if (specifier !== 'greenlets/calls') return moduleOf(join(dirname(from.identifier), specifier));
  const names = Object.keys(calls);
  return new vm.SyntheticModule(names, function () {
    for (const name of names) this.setExport(name, /** @type {any} */ (calls)[name]);
  });
}

/**
 * @param {string} specifier
 * @param {{ identifier?: string, filename?: string }} from
 */
async function importFrom(specifier, from) {
  const base = from?.identifier ?? join(root, 'test');
  const module = moduleOf(join(dirname(base), specifier));
  if (module.status === 'unlinked') await module.link(/** @type {any} */ (linked));
  await module.evaluate();
  return module;
}

/**
 * The harness in the test's own text, so that it goes through the transform, too. Some of it looks for the rest among the globals.
 *
 * @param {Variant} variant
 */
function ownHarnessOf(variant) {
  const includes = variant.includes.filter((name) => name !== 'doneprintHandle.js');
  return harnessOf({ ...variant, includes });
}

/** @param {Variant} variant */
function harnessOf({ includes }) {
  return includes.map((name) => `${readFileSync(join(root, 'harness', name), 'utf8')}\n`).join('');
}

const host = {
  global: globalThis,
  gc: /** @type {any} */ (globalThis).gc,
  createRealm() {
    const context = vm.createContext();
    const global = vm.runInContext('this', context);
    const realm = {
      ...host,
      global,
      evalScript: (/** @type {string} */ text) => vm.runInContext(text, context),
    };
    global.$262 = realm;
    return realm;
  },
  evalScript: (/** @type {string} */ text) => vm.runInThisContext(text),
  detachArrayBuffer: (/** @type {ArrayBuffer} */ buffer) => {
    structuredClone(buffer, { transfer: [buffer] });
  },
};

/** @param {unknown} error */
function nameOf(error) {
  return /** @type {any} */ (error)?.constructor?.name === 'SourceError'
    ? 'SyntaxError'
    : /** @type {any} */ (error)?.constructor?.name;
}

/** @param {unknown} error */
function textOf(error) {
  if (typeof error === 'string') return error;
  try {
    const { message } = /** @type {any} */ (error);
    return `${nameOf(error)}: ${message}`.split('\n')[0] || 'failed';
  } catch {
    return `threw ${String(error)}`;
  }
}
