/**
 * Builds everything: `node build.mjs` compiles, `node build.mjs package` also makes the VSIX. The results lie in `dist/`
 * (extension and adapter), `runtime/dist/` (the npm package) and `greenlet-debugger.vsix`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));

/** Bundled CommonJS packages call `require` for Node's own modules. */
const REQUIRE = {
  js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
};
const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };

await buildRuntime();
await buildExtension();
if (process.argv[2] === 'package') packageExtension();

async function buildRuntime() {
  rmSync('runtime/dist', { recursive: true, force: true });
  const entries = [
    'index',
    'select',
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
    outdir: 'runtime/dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['./pause.js'],
  });
  // Not bundled: V8 ignores `debugger` in blackboxed scripts, and all the rest of the runtime is blackboxed.
  copyFileSync('runtime/src/instrument/pause.js', 'runtime/dist/pause.js');
  tsc('runtime/tsconfig.json');
}

async function buildExtension() {
  rmSync('dist', { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: ['extension/adapter.ts'],
    outfile: 'dist/adapter.js',
    format: 'esm',
    banner: REQUIRE,
  });
  await build({
    ...common,
    entryPoints: ['extension/main.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
    logOverride: { 'empty-import-meta': 'silent' },
  });
}

function packageExtension() {
  const vsce = 'node_modules/@vscode/vsce/vsce';
  const args = ['package', '--no-dependencies', '--out', 'greenlet-debugger.vsix'];
  execFileSync(process.execPath, [vsce, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function tsc(project) {
  const script = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  execFileSync(process.execPath, [script, '-p', project], { stdio: 'inherit' });
}
