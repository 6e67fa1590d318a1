/** V8's code for a file is used where it fits, and never missed. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { loadCompiled } from '../../runtime/src/loader/compiled-code.ts';

interface Greeter {
  greet(name: string): string;
  fail(): never;
}

const TEXT = `const { sep } = require('node:path');
exports.greet = (name) => \`hello \${name}\${sep}\`;
exports.fail = () => { throw new Error('here'); };
`;

function withFile(run: (url: URL, code: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-code-'));
  try {
    const path = join(folder, 'greeter.cjs');
    writeFileSync(path, TEXT);
    run(pathToFileURL(path), join(folder, 'code/greeter.v8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('code that was kept is used the next time', () => {
  withFile((url, code) => {
    const first = loadCompiled<Greeter>(url, [code]);
    assert.equal(first.known, false);
    assert.match(first.exports.greet('a'), /^hello a[/\\]$/);
    assert.equal(first.keep(code), true);
    const second = loadCompiled<Greeter>(url, ['/nowhere', code]);
    assert.equal(second.known, true);
    assert.match(second.exports.greet('b'), /^hello b[/\\]$/);
  });
});

test('code of another file is rejected, and the file works all the same', () => {
  withFile((url, code) => {
    loadCompiled(url, []).keep(code);
    writeFileSync(url, `${TEXT}exports.more = 1;\n`);
    const loaded = loadCompiled<Greeter & { more: number }>(url, [code]);
    assert.deepEqual([loaded.known, loaded.exports.more], [false, 1]);
  });
});

test('where nothing can be kept nothing is left behind', () => {
  withFile((url, code) => {
    writeFileSync(dirname(code), '');
    assert.equal(loadCompiled(url, [code]).keep(code), false);
    assert.deepEqual(readdirSync(new URL('.', url)).sort(), ['code', 'greeter.cjs']);
  });
});

test('lines are those of the file', () => {
  withFile((url) => {
    const { exports } = loadCompiled<Greeter>(url, []);
    assert.throws(
      () => exports.fail(),
      ({ stack }: Error) => /greeter\.cjs:3:\d+/.test(stack as string),
    );
  });
});
