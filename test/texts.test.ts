/** Every text that a user sees is there in both languages, and says the same. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from '@babel/parser';
import * as l10n from '@vscode/l10n';
import { useLanguage } from '../extension/l10n/language.ts';
import { repositoryPath } from './support/fixture.ts';
import { repositoryFiles } from './support/repository-files.ts';

const BUNDLE = 'extension/l10n/bundle.l10n.zh-cn.json';

test('each text has a Chinese one with the same placeholders, and none is left over', () => {
  const sources = repositoryFiles().filter((file) => /^extension\/.*\.tsx?$/.test(file));
  const texts = new Set(sources.flatMap((file) => textsOf(file)));
  const chinese = json(BUNDLE);
  const missing = [...texts].filter((text) => chinese[text] === undefined);
  assert.deepEqual(missing, [], `${BUNDLE} has no text for these.`);
  const unused = Object.keys(chinese).filter((text) => !texts.has(text));
  assert.deepEqual(unused, [], `${BUNDLE} has texts that nothing says.`);
  assert.deepEqual(differing(chinese), []);
});

test('each text of the manifest is in both languages', () => {
  const manifest = json('package.json');
  const english = json('package.nls.json');
  const chinese = json('package.nls.zh-cn.json');
  const used = new Set<string>();
  const plain: string[] = [];
  for (const [path, text] of stringsOf(manifest)) {
    const key = /^%(.+)%$/.exec(text)?.[1];
    if (key !== undefined) used.add(key);
    else if (SHOWN.test(path) && !NOT_SHOWN.test(path)) plain.push(`${path}: ${text}`);
  }
  assert.deepEqual(plain, [], 'These texts of package.json are in one language only.');
  const keys = [...used].sort();
  assert.deepEqual(Object.keys(english).sort(), keys);
  assert.deepEqual(Object.keys(chinese).sort(), keys);
  const pairs = Object.entries(english).map(([key, text]) => [text, chinese[key]]);
  assert.deepEqual(differing(Object.fromEntries(pairs)), []);
});

test('the language follows the locale, however it is written', () => {
  const [english, translated] = Object.entries(json(BUNDLE)).find(
    ([text]) => !text.includes('{'),
  ) as [string, string];
  const spoken = (locale: string | undefined) => {
    useLanguage(locale);
    return l10n.t(english);
  };
  for (const locale of ['zh-cn', 'zh-CN', 'zh_CN.UTF-8', 'zh', 'zh-Hans', 'zh-hans-cn']) {
    assert.equal(spoken(locale), translated, locale);
  }
  for (const locale of ['en', 'en-US', undefined, 'zh-tw', 'zh-Hant', 'de', 'C.UTF-8']) {
    assert.equal(spoken(locale), english, locale);
  }
});

/** The fields of `contributes` that a user reads. */
const SHOWN =
  /^(displayName|description)$|^contributes\/.*\/(title|shortTitle|label|name|contextualTitle|description|markdownDescription|contents|altText|displayName|enumDescriptions\/\d+|markdownEnumDescriptions\/\d+|deprecationMessage)$/;

/** Names of things, and what becomes the user's own. */
const NOT_SHOWN =
  /\/typescriptServerPlugins\/|\/initialConfigurations\/|\/configurationSnippets\/\d+\/body\/|\/grammars\/|\/defaultSnippets\/\d+\/body\//;

/** What a file says by `l10n.t`. */
function textsOf(file: string): string[] {
  const text = readFileSync(repositoryPath(file), 'utf8');
  if (!text.includes('@vscode/l10n')) return [];
  const found: string[] = [];
  visit(parse(text, { sourceType: 'module', plugins: ['typescript'] }), (node) => {
    const { type, callee } = node;
    if (type !== 'CallExpression' || callee?.object?.name !== 'l10n') return;
    const [first] = node.arguments;
    const cooked = first?.type === 'TemplateLiteral' ? first.quasis[0]?.value.cooked : first?.value;
    const isLiteral = first?.type === 'StringLiteral' || first?.expressions?.length === 0;
    if (callee.property?.name !== 't') return;
    assert(isLiteral, `${file}:${node.loc.start.line}: the text of l10n.t must be a literal.`);
    found.push(cooked);
  });
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: the nodes of a syntax tree, of which only a few are looked into.
function visit(node: any, look: (node: any) => void): void {
  if (typeof node?.type === 'string') look(node);
  for (const child of Object.values(node)) {
    if (typeof child === 'object' && child !== null) visit(child, look);
  }
}

function* stringsOf(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      yield* stringsOf(each, path === '' ? key : `${path}/${key}`);
    }
  }
}

/** The texts whose translation has other placeholders, or is none. */
function differing(pairs: Record<string, string>): string[] {
  const placeholders = (text: string) => [...text.matchAll(/\{\d+\}|\$\(\S+?\)|command:[\w.]+/g)];
  const sorted = (text: string) => [...new Set(placeholders(text).map(String))].sort().join();
  return Object.entries(pairs)
    .filter(([text, other]) => other === '' || sorted(text) !== sorted(other))
    .map(([text]) => text);
}

function json(file: string): Record<string, string> {
  return JSON.parse(readFileSync(repositoryPath(file), 'utf8'));
}
