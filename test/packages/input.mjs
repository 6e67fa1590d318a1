/** Real input for the programs. */

import { readFileSync } from 'node:fs';

/** The text of a file of the repository. */
export function read(name) {
  return readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
}

/** A large object: what npm has installed. */
export function lockfile() {
  return JSON.parse(read('package-lock.json')).packages;
}
