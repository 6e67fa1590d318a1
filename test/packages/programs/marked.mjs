/** marked renders this repository's documents. */

import { marked } from 'marked';
import { read } from '../input.mjs';

export function run() {
  return ['README.md', 'ARCHITECTURE.md', 'docs/differences-from-gevent.md'].map((name) =>
    marked.parse(read(name)),
  );
}
