/** Checksums must tell the texts apart that a file has one after the other. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksumOf } from '../../runtime/src/loader/checksum.ts';

test('a checksum is sixteen digits, and always the same', () => {
  for (const text of ['', 'a', 'ünïcödé 𝒳', 'a'.repeat(1e5)]) {
    assert.match(checksumOf(text), /^[0-9a-f]{16}$/);
    assert.equal(checksumOf(text), checksumOf(`${text}`));
  }
});

test('near texts have different checksums', () => {
  const seen = new Map<string, string>();
  const check = (text: string) => {
    const checksum = checksumOf(text);
    for (const part of [checksum, checksum.slice(8), checksum.slice(0, 8)])
      assert.equal(seen.get(part) ?? text, text, part);
    seen.set(checksum, text);
  };
  const line = 'const total = items.reduce((sum, each) => sum + each.price, 0);\n';
  for (let at = 0; at < line.length; at++) {
    for (const letter of 'abc0 \n') {
      check(line.slice(0, at) + letter + line.slice(at + 1));
      check(line.slice(0, at) + letter + line.slice(at));
    }
    check(line.slice(0, at) + line.slice(at + 1));
  }
  for (let count = 0; count < 2000; count++) check('\0'.repeat(count));
  for (let number = 0; number < 5000; number++) check(`const x = ${number};`);
});
