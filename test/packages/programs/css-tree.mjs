/** css-tree parses, walks, validates and writes a real stylesheet. */

import { generate, lexer, parse, toPlainObject, walk } from 'css-tree';
import { read } from '../input.mjs';

export function run() {
  const css = read('node_modules/mocha/mocha.css');
  const tree = parse(css, { positions: true });
  const seen = {};
  const invalid = [];
  walk(tree, (node) => {
    seen[node.type] = (seen[node.type] ?? 0) + 1;
  });
  walk(tree, {
    visit: 'Declaration',
    enter(node) {
      const { error } = lexer.matchDeclaration(node);
      if (error !== null) invalid.push([node.property, error.name]);
    },
  });
  return [seen, invalid, generate(tree), toPlainObject(tree)];
}
