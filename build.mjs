/**
 * Builds everything: `node build.mjs` compiles, `node build.mjs package` also makes the VSIX. The results lie in `dist/`
 * (extension and adapter), `runtime/dist/` (the npm package) and `greenlet-debugger.vsix`. Each folder is built aside and then
 * put in place, so that a program that runs meanwhile never sees half of it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { OWN_URL, toCommonjs } from './runtime/commonjs.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
process.chdir(root);

/** Bundled CommonJS packages call `require` for Node's own modules. */
const REQUIRE = {
  js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
};
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};

/** What runs in the program and shares its hub; each has a face for `require` and one for `import`. */
const SHARED = [
  'index',
  'select',
  'socket',
  'server',
  'ssl',
  'dns',
  'http',
  'subprocess',
  'threadpool',
  'signal',
  'fileobject',
  'monkey',
  'event',
  'queue',
  'lock',
  'pool',
  'local',
  'timeout',
  'util',
  'testing',
  'calls',
  'register',
  'trace',
  'debug',
];
/** What of it programs do not import. */
const INTERNAL = ['calls', 'register', 'trace', 'debug'];
/** What works on files, and knows no hub. */
const TOOLS = ['transform', 'hooks', 'cli', 'esbuild', 'vite', 'rollup'];

/** TypeScript's server looks for its plugins in `node_modules` of the extension, and nowhere else. */
const TYPESCRIPT_PLUGIN = 'node_modules/greenlets-typescript-plugin';

await inPlaceOf('runtime/dist', buildRuntime);
warmUp('runtime/dist', 'extension/model/greenlet-store.ts');
await inPlaceOf('dist', buildExtension);
await inPlaceOf(TYPESCRIPT_PLUGIN, buildTypescriptPlugin);
if (process.argv[2] === 'package') packageExtension();

async function buildRuntime(folder) {
  const options = (entries) => ({
    ...common,
    entryPoints: entries.map((name) => `runtime/src/${name}.ts`),
    outdir: folder,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
  });
  await build(options(TOOLS));
  await buildShared(folder, options(SHARED));
  // On its own, in CommonJS: it is large and seldom needed, and `require` has to be able to wait for it.
  await build({
    ...common,
    entryPoints: ['runtime/src/loader/compile.ts'],
    outfile: `${folder}/compile.cjs`,
    format: 'cjs',
  });
  // Not bundled: V8 ignores `debugger` in blackboxed scripts, and all the rest of the runtime is blackboxed.
  await build({
    ...common,
    bundle: false,
    entryPoints: ['runtime/src/instrument/pause.js'],
    outfile: `${folder}/pause.cjs`,
    format: 'cjs',
  });
  // Beside both forms of the runtime, which start it as a thread.
  for (const place of [folder, `${folder}/esm`])
    await build({
      ...common,
      entryPoints: ['runtime/src/node/monitor-thread.ts'],
      outfile: `${place}/monitor-thread.cjs`,
      format: 'cjs',
    });
  const forPrograms = SHARED.filter((name) => !INTERNAL.includes(name));
  const forms = execFileSync(process.execPath, ['runtime/forms.mjs', folder, ...forPrograms]);
  writeFileSync(`${folder}/forms.json`, forms);
  writeFileSync(`${folder}/build-id`, hashOf(folder));
  node(
    'node_modules/typescript/bin/tsc',
    '-p',
    'runtime/tsconfig.json',
    '--outDir',
    `${folder}/types`,
  );
}

/**
 * `import` and `require` must find the same hub, in whichever order they come. So there is one runtime, in CommonJS, which both
 * can load on Node 20, and a module for each entry that only exports its names. esbuild splits modules only, hence the conversion.
 * Bundlers take the modules themselves, from `esm`.
 */
async function buildShared(folder, options) {
  const { metafile, outputFiles } = await build({
    ...options,
    outdir: `${folder}/esm`,
    metafile: true,
    write: false,
    external: ['./pause.js'],
    define: { 'import.meta.url': OWN_URL },
  });
  const modules = resolve(folder, 'esm');
  mkdirSync(`${modules}/chunks`, { recursive: true });
  for (const { path, text } of outputFiles) {
    // In a module, bundled CommonJS packages have no `require`.
    const head = text.includes('typeof require') ? REQUIRE.js : '';
    writeFileSync(path, head + text.replaceAll(OWN_URL, 'import.meta.url'));
    const name = relative(modules, path).replace(/\.js$/, '.cjs');
    writeFileSync(join(folder, name), toCommonjs(text));
  }
  for (const name of SHARED) {
    const { exports } = metafile.outputs[`${folder}/esm/${name}.js`];
    const names = exports.map((each) => `export const ${each} = runtime.${each};\n`);
    // Not imported: Node would look for the names of its exports, which takes as long as all the rest.
    const load = `createRequire(import.meta.url)('./${name}.cjs');\n`;
    writeFileSync(
      `${folder}/${name}.js`,
      [
        "import { createRequire } from 'node:module';\n",
        names.length > 0 ? `const runtime = ${load}${names.join('')}` : load,
      ].join(''),
    );
  }
}

async function buildExtension(folder) {
  await build({
    ...common,
    entryPoints: ['extension/adapter.ts'],
    outfile: `${folder}/adapter.js`,
    format: 'esm',
    banner: REQUIRE,
  });
  await build({
    ...common,
    entryPoints: ['extension/main.ts'],
    outfile: `${folder}/extension.cjs`,
    format: 'cjs',
    external: ['vscode'],
  });
  // The scripts of pages of the editor.
  for (const name of ['guide', 'timeline'])
    await build({
      ...common,
      platform: 'browser',
      target: 'es2022',
      entryPoints: [`extension/${name}/page.ts`],
      outfile: `${folder}/${name}.js`,
      format: 'iife',
    });
  // Node's types for the tutorial's programs, which have nothing installed.
  for (const name of ['@types/node', 'undici-types'])
    cpSync(`node_modules/${name}`, `${folder}/types/${name}`, {
      recursive: true,
      filter: (path) => !/ts5\.6|\.md$/.test(path),
    });
  await build({
    ...common,
    entryPoints: ['extension/editor/outline-worker.ts'],
    outfile: `${folder}/outline-worker.cjs`,
    format: 'cjs',
  });
}

async function buildTypescriptPlugin(folder) {
  const manifest = { name: basename(TYPESCRIPT_PLUGIN), version: '0.1.0', main: 'plugin.js' };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    ...common,
    entryPoints: ['extension/typescript.ts'],
    outfile: `${folder}/plugin.js`,
    format: 'cjs',
    // The server calls what the module is, not what it exports.
    footer: { js: 'module.exports = module.exports.init;' },
  });
}

/**
 * Leaves V8's code for the transform beside it, for the Node that builds: what the loader itself keeps after the first file that it
 * transforms.
 */
function warmUp(folder, file) {
  const cache = mkdtempSync(join(tmpdir(), 'greenlets-build-'));
  try {
    execFileSync(process.execPath, ['--import', resolve(folder, 'register.js'), file], {
      env: { ...process.env, GREENLETS_CACHE: cache },
    });
    for (const name of readdirSync(cache).filter((each) => each.endsWith('.v8')))
      copyFileSync(join(cache, name), join(folder, name));
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Changes whenever a file of the folder does: the loader's cache lives as long as it stays the same. */
function hashOf(folder) {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const path = `${folder}/${name}`;
    if (statSync(path).isFile()) hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** No package is a dependency, so of `node_modules` only what .vscodeignore names ships. */
function packageExtension() {
  node('node_modules/@vscode/vsce/vsce', 'package', '--out', 'greenlet-debugger.vsix');
}

async function inPlaceOf(folder, fill) {
  const aside = `${folder}-${process.pid}`;
  try {
    await fill(aside);
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function node(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}
