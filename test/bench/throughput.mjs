// @ts-check
/** How fast the transform is, parser and source map included. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @typedef {import('./table.mjs').Row} Row */

const { resolve } = createRequire(import.meta.url);
const TURNS = 5;
const MEGABYTE = 1e6;

/**
 * Transforms a large file and many small ones.
 *
 * @returns {Promise<Row[]>} megabytes and lines a second.
 */
export async function measureThroughput() {
  const { transform } = await import('../../runtime/dist/transform.js');
  const acorn = resolve('acorn').replace(/\.js$/, '.mjs');
  /** @type {[string, string, string][]} */
  const files = [
    ['acorn', acorn, readFileSync(acorn, 'utf8')],
    [
      'TypeScript',
      '/hub.ts',
      readFileSync(new URL('../../runtime/src/core/hub.ts', import.meta.url), 'utf8'),
    ],
  ];
  return files.flatMap(([name, filename, text]) => {
    const seconds = Math.min(
      ...Array.from({ length: TURNS }, () => secondsOf(() => transform(text, { filename }))),
    );
    return [
      { name: `${name}: MB`, value: Buffer.byteLength(text) / MEGABYTE / seconds },
      { name: `${name}: lines`, value: text.split('\n').length / seconds },
    ];
  });
}

/** @param {() => unknown} work */
function secondsOf(work) {
  const begin = performance.now();
  work();
  return (performance.now() - begin) / 1000;
}
