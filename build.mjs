/**
 * Builds everything: `node build.mjs` compiles, `node build.mjs package` also makes the VSIX. The results lie in `dist/`
 * (extension and adapter), `runtime/dist/` (the npm package) and `greenlet-debugger.vsix`. Each folder is built aside and then
 * put in place, so that a program that runs meanwhile never sees half of it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

await inPlaceOf('runtime/dist', buildRuntime);
await inPlaceOf('dist', buildExtension);
if (process.argv[2] === 'package') packageExtension();

async function buildRuntime(folder) {
  const entries = [
    'index',
    'select',
    'event',
    'queue',
    'lock',
    'pool',
    'local',
    'timeout',
    'util',
    'calls',
    'transform',
    'register',
    'hooks',
    'cli',
    'trace',
    'debug',
  ];
  await build({
    ...common,
    entryPoints: entries.map((name) => `runtime/src/${name}.ts`),
    outdir: folder,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['./pause.js'],
  });
  // Not bundled: V8 ignores `debugger` in blackboxed scripts, and all the rest of the runtime is blackboxed.
  copyFileSync('runtime/src/instrument/pause.js', `${folder}/pause.js`);
  writeFileSync(`${folder}/build-id`, hashOf(folder));
  node(
    'node_modules/typescript/bin/tsc',
    '-p',
    'runtime/tsconfig.json',
    '--outDir',
    `${folder}/types`,
  );
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

function packageExtension() {
  const out = ['--out', 'greenlet-debugger.vsix'];
  node('node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', ...out);
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
