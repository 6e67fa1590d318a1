/** What the text between JSX tags means: lines are trimmed and joined, and entities decoded. */

import { parseExpression } from '@babel/parser';
import type { Node } from '../node.ts';

/** The string that a text is; empty where it is only layout. */
export function textOf(node: Node): string {
  const raw: string = node.extra?.raw ?? node.value;
  const lines = raw.split(/\r\n|[\n\r\u2028\u2029]/);
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    let text = line;
    if (index > 0) text = text.replace(/^[ \t]+/, '');
    if (index < lines.length - 1) text = text.replace(/[ \t]+$/, '');
    if (text !== '') kept.push(decoded(text));
  }
  return kept.join(' ');
}

/** The parser knows the names of all entities. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  const element = parseExpression(`<a>${text}</a>`, { plugins: ['jsx'] }) as unknown as Node;
  return element.children[0].value;
}
