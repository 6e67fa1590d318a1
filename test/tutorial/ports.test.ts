/** A server of the tutorial whose port is in use says so, in the words that its guide quotes. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { it } from 'node:test';
import { LANGUAGES } from '../../extension/model/chapter.ts';
import { runTraced } from '../support/traced-run.ts';
import { chapters, fileOf, type NamedChapter, numberOf, readText } from '../support/tutorial.ts';

it('29: the port is in use', async (context) => {
  const chapter = chapters.find((each) => numberOf(each) === '29') as NamedChapter;
  const other = createServer().listen(0, '127.0.0.1');
  context.after(() => other.close());
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);

  process.env.PORT = port;
  context.after(() => {
    delete process.env.PORT;
  });
  const run = await runTraced(fileOf(chapter, 'en', 'program.ts'));

  const message = 'SocketError: listen EADDRINUSE: address already in use 127.0.0.1:5000'.replace(
    '5000',
    port,
  );
  assert.deepEqual([run.exitCode, run.output], [1, []]);
  assert.ok(run.errors.includes(message), run.errors.join('\n'));
  for (const language of LANGUAGES) {
    assert.ok(
      readText(chapter.folder, language, 'guide.md').includes(message.replace(port, '5000')),
    );
  }
});
