/** diff compares two of this repository's documents, and applies its own patch. */

import { applyPatch, createPatch, diffChars, diffJson, diffWords } from 'diff';
import { lockfile, read } from '../input.mjs';

export function run() {
  const before = read('README.md');
  const after = before.replaceAll('greenlet', 'thread').replace(/^- .*\n/gm, '');
  const patch = createPatch('README.md', before, after);
  const lock = Object.entries(lockfile()).slice(0, 20);
  return [
    patch,
    applyPatch(before, patch) === after,
    diffWords(before.slice(0, 3000), after.slice(0, 3000)),
    diffChars(before.slice(0, 300), after.slice(0, 300)),
    diffJson(lock.slice(0, 15), lock.slice(5)),
  ];
}
