/** What a program prints and what it tells the debugger come in the order in which they happened. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkedOutput } from '../../extension/adapter/marked-output.ts';
import { debug } from '../support/session.ts';

/** What comes of chunks of output. */
function taken(...chunks: (string | Buffer)[]): string[] {
  const all: string[] = [];
  const output = new MarkedOutput(
    '\0mark ',
    (text) => all.push(text),
    ({ text }) => all.push(`told: ${text}`),
  );
  for (const each of chunks) output.take(Buffer.from(each));
  output.end();
  return all;
}

function line(text: string): string {
  return `\0mark ${JSON.stringify({ id: 1, text, failed: false })}\n`;
}

test('what is told is taken out of what is printed, wherever the chunks end', () => {
  const whole = `a\n${line('one')}${line('two\nlines')}b`;
  const expected = ['a\n', 'told: one', 'told: two\nlines', 'b'];
  assert.deepEqual(taken(whole), expected);
  for (let at = 1; at < whole.length; at++) {
    const [first, ...rest] = taken(whole.slice(0, at), whole.slice(at));
    const joined = [first, ...rest].join('|').replace(/^a\|\n/, 'a\n');
    assert.equal(joined, expected.join('|'), `cut at ${at}`);
  }
});

test('what only looks like a mark is printed; a character in two chunks stays whole', () => {
  assert.deepEqual(taken('a\0ma', 'sk b\0'), ['a', '\0mask b', '\0']);
  assert.deepEqual(taken('x\0mark {"never'), ['x', '\0mark {"never']);
  const [first = 0, ...rest] = Buffer.from('é');
  assert.deepEqual(taken(Buffer.from([first]), Buffer.from(rest)), ['é']);
});

test('log points and prints of a program come in their order', async () => {
  const text = `
for (let i = 0; i < 50; i++) {
  console.log('before', i);
  let k = i; // @log
  console.log('after', i);
}
`;
  const breakpoints = [{ mark: 'log', logMessage: 'log {i}' }];
  await debug(text, { filters: [], breakpoints }, async (client) => {
    await client.event('terminated');
    const lines = Array.from({ length: 50 }, (_, i) => `before ${i}\nlog ${i}\nafter ${i}\n`);
    assert.equal(client.output(), lines.join(''));
  });
});
