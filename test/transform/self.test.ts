/** A real program of eighteen thousand lines, the transform itself, run with a switch at every call. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Greenlet, spawn } from 'greenlets';
import { transform } from '../../runtime/src/transform.ts';
import { repositoryPath } from '../support/fixture.ts';

const DIST = process.env.DIST ?? pathToFileURL(repositoryPath('runtime/dist/')).href;

test('the transform, transformed, transforms alike', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-self-'));
  try {
    const { outputFiles } = await build({
      entryPoints: [repositoryPath('runtime/src/transform.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
      logLevel: 'error',
    });
    const text = outputFiles[0]?.text as string;
    const path = join(folder, 'transform.mjs');
    const { code } = transform(text, { filename: path, injectSwitches: true });
    writeFileSync(path, code.replace('"greenlets/calls"', JSON.stringify(`${DIST}calls.js`)));
    const runtime: { spawn: typeof spawn } = await import(`${DIST}index.js`);
    const switching: { transform: typeof transform } = await import(pathToFileURL(path).href);
    const filename = repositoryPath('runtime/src/transform/analyze.ts');
    const input = readFileSync(filename, 'utf8');
    const greenlet = runtime.spawn(switching.transform, input, { filename }) as Greenlet<
      ReturnType<typeof transform>
    >;
    await new Promise<void>((resolve) => greenlet.rawlink(() => resolve()));
    assert.equal(greenlet.exception, undefined);
    assert.deepEqual(greenlet.value, transform(input, { filename }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
