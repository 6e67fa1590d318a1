// Signals and files.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from 'greenlets';
import { Event } from 'greenlets/event';
import { open } from 'greenlets/fileobject';
import { signal } from 'greenlets/signal';
import { thrown } from './pairs.ts';

export const tests = {
  'a signal starts a greenlet, until it is cancelled'(): void {
    const got: string[] = [];
    const arrived = new Event();
    const handler = signal(
      'SIGUSR2',
      (word: string) => {
        sleep(0);
        got.push(word);
        arrived.set();
      },
      'hi',
    );
    const before = process.listenerCount('SIGUSR2');
    process.kill(process.pid, 'SIGUSR2');
    // A signal alone keeps nothing alive: the wait has a limit.
    assert.equal(arrived.wait(5), true);
    handler.cancel();
    handler.cancel();
    assert.deepEqual([got, process.listenerCount('SIGUSR2')], [['hi'], before - 1]);
    assert.equal(thrown(() => signal('SIGUSR2', 1 as never)).name, 'TypeError');
  },

  'a file is written, read, and read again'(): void {
    const folder = mkdtempSync(join(tmpdir(), 'greenlets-files-'));
    try {
      const path = join(folder, 'words.txt');
      const file = open(path, 'w+');
      assert.equal(file.write('one\nzwöi\n'), 9);
      file.writeLines(['three\n']);
      assert.equal(file.seek(0), 0);
      assert.equal(file.readLine(), 'one\n');
      assert.equal(file.tell(), 4);
      file.write('ZW');
      assert.equal(file.seek(-6, 'end'), 10);
      assert.equal(file.read(2), 'th');
      assert.equal(file.seek(1, 'current'), 13);
      assert.equal(file.read(), 'ee\n');
      file.close();
      assert.equal(thrown(() => file.read()).code, 'EBADF');
      const more = open(path, 'a');
      more.write('four\n');
      more.close();
      const lines = open(path);
      assert.deepEqual([...lines], ['one\n', 'ZWöi\n', 'three\n', 'four\n']);
      lines.close();
      const bytes = open(path, 'r', { encoding: null });
      assert.equal(bytes.read().length, 21);
      bytes.close();
      assert.equal(thrown(() => open(join(folder, 'none'))).code, 'ENOENT');
      assert.equal(thrown(() => open(path, 'wx')).code, 'EEXIST');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
