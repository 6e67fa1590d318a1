/**
 * What the debugged program's runtime says, in the user's language. The runtime itself knows one language only: its texts are also
 * messages of errors, which programs read.
 */

import * as l10n from '@vscode/l10n';

/**
 * A text of the runtime's in the user's language; what is none of its known sentences stays as it is.
 *
 * @param text one or more lines, such as a stop's description or a deadlock's story.
 */
export function inUsersLanguage(text: string): string {
  return text.split('\n').map(lineInUsersLanguage).join('\n');
}

function lineInUsersLanguage(line: string): string {
  const [, indent = '', sentences = ''] = /^(\s*)(.*)$/s.exec(line) ?? [];
  return indent + sentences.split('; ').map(sentenceInUsersLanguage).join(l10n.t('; '));
}

function sentenceInUsersLanguage(sentence: string): string {
  for (const [pattern, say] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found !== null) return say(...found.slice(1));
  }
  return sentence;
}

const G = '(.+ #\\d+)';
const sentence = (pattern: string) => new RegExp(`^${pattern}$`);

/** The first pattern that fits counts. */
const SENTENCES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [sentence('Paused'), () => l10n.t('Paused')],
  [sentence(`${G} yields: (.+)`), (a, b) => l10n.t('{0} yields: {1}', a, b)],
  [sentence(`it yields now: (.+)`), (a) => l10n.t('it yields now: {0}', a)],
  [sentence(`${G} blocks: (.+)`), (a, b) => l10n.t('{0} blocks: {1}', a, b)],
  [sentence(`${G} is spawned by (.+ #\\d+)`), (a, b) => l10n.t('{0} is spawned by {1}', a, b)],
  [sentence(`${G} is spawned`), (a) => l10n.t('{0} is spawned', a)],
  [sentence(`${G} starts`), (a) => l10n.t('{0} starts', a)],
  [sentence(`${G} goes on`), (a) => l10n.t('{0} goes on', a)],
  [sentence(`${G} ends: finished`), (a) => l10n.t('{0} ends: finished', a)],
  [sentence(`${G} ends: failed`), (a) => l10n.t('{0} ends: failed', a)],
  [sentence(`${G} ends: killed`), (a) => l10n.t('{0} ends: killed', a)],
  [sentence(`${G} is out of time: (.+)`), (a, b) => l10n.t('{0} is out of time: {1}', a, b)],
  [sentence(`${G} is killed with (.+)`), (a, b) => l10n.t('{0} is killed with {1}', a, b)],
  [
    sentence(`${G} has kept all others waiting for ([\\d.]+) s`),
    (a, b) => l10n.t('{0} has kept all others waiting for {1} s', a, b),
  ],
  [sentence('has ended, or was never there'), () => l10n.t('has ended, or was never there')],
  [sentence('is frozen'), () => l10n.t('is frozen')],
  [sentence('thaw it first'), () => l10n.t('thaw it first')],
  [sentence('runs already'), () => l10n.t('runs already')],
  [sentence('is not ready'), () => l10n.t('is not ready')],
  [sentence('is not ready: it waits for (.+)'), (a) => l10n.t('is not ready: it waits for {0}', a)],
  [sentence('Deadlock: (.+)'), (a) => l10n.t('Deadlock: {0}', sentenceInUsersLanguage(a))],
  [
    sentence('This operation would block forever'),
    () => l10n.t('This operation would block forever'),
  ],
  [
    sentence(`${G} waits for (.+?) at ([^ ]+:\\d+), (.+)`),
    (a, b, c, d) => l10n.t('{0} waits for {1} at {2}, {3}', a, b, c, inRelation(d)),
  ],
  [
    sentence(`${G} waits for (.+?) at ([^ ]+:\\d+)`),
    (a, b, c) => l10n.t('{0} waits for {1} at {2}', a, b, c),
  ],
  [sentence(`${G} waits: (.+)`), (a, b) => l10n.t('{0} waits: {1}', a, b)],
];

/** Such as `held by writer #5, which has ended`: who stands in a relation of the wait-for graph to what is waited for. */
export function inRelation(text: string): string {
  const found = RELATIONS.find(([relation]) => text.startsWith(`${relation} `));
  if (found === undefined) return text;
  const names = text
    .slice(found[0].length + 1)
    .replaceAll(', which has ended', l10n.t(', which has ended'))
    .replaceAll(' and ', l10n.t(' and '));
  return found[1](names);
}

const RELATIONS: readonly (readonly [string, (names: string) => string])[] = [
  ['held by', (names) => l10n.t('held by {0}', names)],
  ['so far released only by', (names) => l10n.t('so far released only by {0}', names)],
  ['so far emptied only by', (names) => l10n.t('so far emptied only by {0}', names)],
  ['so far filled only by', (names) => l10n.t('so far filled only by {0}', names)],
  ['so far received from only by', (names) => l10n.t('so far received from only by {0}', names)],
  ['so far sent into only by', (names) => l10n.t('so far sent into only by {0}', names)],
];
