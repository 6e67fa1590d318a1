/** js-yaml writes a large object, reads it again, and reads what people write. */

import { dump, load, loadAll } from 'js-yaml';
import { lockfile } from '../input.mjs';

const TEXT = `
base: &base { name: all, list: [1, 0x10, .5, -.inf, ~, true, "a\\tb"] }
more:
  <<: *base
  text: |
    two
    lines
  folded: >-
    one
    line
  when: 2024-02-29T12:30:00Z
? complex
: [a, b]
`;

export function run() {
  const object = Object.fromEntries(Object.entries(lockfile()).slice(0, 150));
  const text = dump(object, { sortKeys: true });
  let error = '';
  try {
    load('a: [1, 2\nb: }');
  } catch (thrown) {
    error = String(thrown);
  }
  return [text, load(text), load(TEXT), loadAll('--- 1\n--- [2]\n...\n'), error];
}
