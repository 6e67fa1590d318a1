/** Coverage and CPU profiles lead to the original text. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { REGISTER, withProgram } from '../support/fixture.ts';
import { findNodes } from '../support/nodes.ts';

const TEXT = `import { sleep } from 'greenlets';
interface Removed { x: number }
function used(n: number): number { // @used
  sleep(0);
  return n;
}
function unused(n: number): number { // @unused
  sleep(0);
  return n;
}
function busy(): number { // @busy
  let sum = 0;
  const end = performance.now() + 60;
  while (performance.now() < end) sum += Math.sqrt(sum + 1);
  return sum;
}
used(1);
busy();
if (process.argv.length > 5) unused(2);
`;

interface Coverage {
  result: { url: string; functions: { functionName: string; ranges: Range[] }[] }[];
  'source-map-cache': Record<
    string,
    { data: ConstructorParameters<typeof TraceMap>[0]; lineLengths: number[] }
  >;
}

interface Range {
  startOffset: number;
  count: number;
}

/** The line and the column, zero-based, of an offset in a text whose lines have these lengths. */
function positionOf(offset: number, lengths: readonly number[]) {
  let line = 0;
  for (let rest = offset; ; line++) {
    const length = (lengths[line] as number) + 1;
    if (rest < length) return { line: line + 1, column: rest };
    rest -= length;
  }
}

for (const { version, path: node } of findNodes())
  describe(`under Node ${version}`, () => {
    const run = (args: readonly string[], folder: string, env: Record<string, string>) =>
      promisify(execFile)(node, ['--import', REGISTER, ...args], {
        cwd: folder,
        env: { ...process.env, GREENLETS_CACHE: '0', ...env },
      });

    test('coverage counts functions where they stand', () =>
      withProgram(TEXT, {}, async ({ folder, path, marks }) => {
        const out = join(folder, 'coverage');
        await run([path], folder, { NODE_V8_COVERAGE: out });
        const url = pathToFileURL(path).href;
        const counts = new Map<number, number>();
        for (const file of readdirSync(out)) {
          const coverage: Coverage = JSON.parse(readFileSync(join(out, file), 'utf8'));
          const script = coverage.result.find((each) => each.url === url);
          if (script === undefined) continue;
          const { data, lineLengths } = coverage['source-map-cache'][
            url
          ] as Coverage['source-map-cache'][string];
          const map = new TraceMap(data);
          for (const { functionName, ranges } of script.functions) {
            if (!/^(?:used|unused|busy)(?:\$g)?$/.test(functionName)) continue;
            const [{ startOffset, count }] = ranges as [Range];
            const { source, line } = originalPositionFor(map, positionOf(startOffset, lineLengths));
            // An ordinary form stands nowhere in the original.
            if (source === null) continue;
            assert.equal(source, url);
            counts.set(line as number, (counts.get(line as number) ?? 0) + count);
          }
        }
        const expected = [
          ['used', 1],
          ['unused', 0],
          ['busy', 1],
        ] as const;
        assert.deepEqual(
          [...counts].sort(([a], [b]) => a - b),
          expected.map(([mark, count]) => [marks.get(mark), count]),
        );
      }));

    test('a CPU profile names functions by the program’s file', () =>
      withProgram(TEXT, {}, async ({ folder, path }) => {
        const args = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', '500', path];
        await run(args, folder, {});
        const names = new Set<string>();
        for (const file of readdirSync(folder).filter((each) => each.endsWith('.cpuprofile'))) {
          const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
          for (const { callFrame } of nodes)
            if (callFrame.url === pathToFileURL(path).href) names.add(callFrame.functionName);
        }
        assert.ok(names.has('busy'), [...names].join());
      }));
  });
