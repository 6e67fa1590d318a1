/**
 * gevent's own order: each program of `semantics/` prints what the same program printed under gevent 22.10 on libev (the `.out`
 * file beside it). Where Python's spelling cannot be had in JavaScript, a comment in the program says so.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { greenlets } from '../support/cli.ts';
import { repositoryPath } from '../support/fixture.ts';

const FOLDER = repositoryPath('test/sync/semantics');

for (const file of readdirSync(FOLDER).filter((name) => /^\d.*\.ts$/.test(name))) {
  test(file, async () => {
    const expected = readFileSync(`${FOLDER}/${file.replace('.ts', '.out')}`, 'utf8');
    const { stdout, stderr } = await greenlets(['run', `${FOLDER}/${file}`]);
    assert.deepEqual(stdout.split('\n'), expected.split('\n'), stderr);
    assert.equal(stderr, '');
  });
}
