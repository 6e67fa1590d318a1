/** acorn parses itself and marked. */

import { parse, tokenizer } from 'acorn';
import { read } from '../input.mjs';

export function run() {
  const texts = ['acorn/dist/acorn.mjs', 'marked/lib/marked.esm.js'].map((name) =>
    read(`node_modules/${name}`),
  );
  const trees = texts.map((text) =>
    parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true }),
  );
  let tokens = 0;
  for (const _ of tokenizer(texts[1], { ecmaVersion: 'latest', sourceType: 'module' })) tokens++;
  return [tokens, ...trees];
}
