/** Lets a parser parse its own source, as an ES module. Arguments: the parser's file, and the name of the figure. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const ROUNDS = 12;
const [, , path, name] = process.argv;
const { parse } = await import(pathToFileURL(path).href);
const text = readFileSync(path, 'utf8');
const options = { sourceType: 'module', ecmaVersion: 'latest' };

const times = [];
let tree;
for (let round = 0; round < ROUNDS; round++) {
  const begin = performance.now();
  tree = parse(text, options);
  times.push(performance.now() - begin);
}
const nodes = JSON.stringify(tree, (_, value) => (typeof value === 'bigint' ? null : value));
console.log(JSON.stringify({ [name]: Math.min(...times), [`${name}: nodes`]: nodes.length }));
