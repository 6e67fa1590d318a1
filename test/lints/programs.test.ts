/**
 * Programs with one planted mistake each, and some without: what is found in them, and where. A mark in a program names the place. What only
 * shows while a program runs is found by a debugger, the rest also by `greenlets trace`.
 */

import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import type { Lint } from '../../runtime/src/protocol/lints.ts';
import { greenlets } from '../support/cli.ts';
import { repositoryProgram, withClient } from '../support/session.ts';

const program = (name: string) => repositoryProgram(`test/lints/programs/${name}.ts`);

describe('greenlets trace prints', { concurrency: 2 }, () => {
  const PROGRAMS: Record<string, string[]> = {
    'lock-order': ['deadlock deadlock × 2'],
    'lock-kept': ['deadlock deadlock × 2', 'deadlock joins'],
    'queue-unfed': ['deadlock joins', 'deadlock deadlock'],
    'result-unset': ['deadlock deadlock'],
    'pool-nested': ['deadlock deadlock × 2', 'deadlock joins'],
    'leak-per-request': ['leak leak × 5'],
    'swallowed-kill': ['swallowed-kill killed'],
    'over-release': ['over-release release'],
    'forgotten-join': ['never-ran never'],
    'not-started': ['deadlock deadlock'],
    servants: [],
    daemons: [],
    careful: [],
  };
  for (const [name, expected] of Object.entries(PROGRAMS)) {
    it(`${expected.length} in ${name}`, async () => {
      const { path, marks } = program(name);
      const { stdout } = await greenlets(['trace', path]);
      const [, section = ''] = stdout.split('\nFindings\n');
      const lines = section.split('\n').filter((each) => each !== '');
      const found = lines.map((line) => {
        const [code] = line.split(' ');
        const at = Number(/\.ts:(\d+):\d+/.exec(line)?.[1]);
        const [mark] = [...marks].find(([, each]) => each === at) ?? [at];
        return `${code} ${mark}${/ × \d+$/.exec(line)?.[0] ?? ''}`;
      });
      assert.deepEqual(found, expected);
    });
  }
});

describe('a debug session tells of', { concurrency: 2 }, () => {
  /** Runs a program without pauses, and returns what was told of it by events, and what is answered after its end. */
  async function lintsOf(name: string) {
    const fixture = program(name);
    return withClient(async (client) => {
      await client.start(fixture, { filters: [], launch: { blockedAfter: 0.3 } });
      await client.event('terminated');
      const told = client.events
        .filter((each) => each.event === 'greenlet/lints')
        .flatMap((each) => (each.body as unknown as { lints: ToldLint[] }).lints);
      const { lints, version } = await client.request('greenlet/lints');
      const { lints: later } = await client.request('greenlet/lints', { since: version });
      assert.deepEqual(later, []);
      const [printed = ''] = client.output('console').split('\n');
      const [begin = ''] = printed.split(/[\d.]+ s here/);
      assert(lints[0].message.startsWith(begin), 'the console has the first message');
      return { lints: lints as ToldLint[], told, line: (mark: string) => fixture.marks.get(mark) };
    });
  }

  it('a turn that blocks, with the line that runs and for how long', async () => {
    const { lints, told, line } = await lintsOf('blocked');
    const [lint] = lints;
    assert.equal(lints.length, 1);
    assert.deepEqual(
      [lint?.code, lint?.label, lint?.location?.line, lint?.location?.function],
      ['blocked', 'compute #3', line('blocked'), 'compute'],
    );
    assert.equal(basename(lint?.location?.path ?? ''), 'blocked.ts');
    assert(Number(lint?.seconds) > 0.3, `${lint?.seconds} s`);
    assert.match(lint?.message ?? '', /^compute #3 has kept all other greenlets waiting for \d/);
    assert.deepEqual(told.at(-1), lint, 'the last event has the last news');
  });

  it('a call of Node’s that blocks', async () => {
    const { lints, line } = await lintsOf('blocking-call');
    const found = lints.find((each) => each.code === 'blocking-call');
    assert.deepEqual(
      [found?.subject, found?.location?.line, found?.spawned.length],
      ['child_process.execFileSync', line('call'), 1],
    );
  });

  it('a time limit that was swallowed', async () => {
    const { lints, line } = await lintsOf('swallowed-timeout');
    assert.deepEqual(
      lints.map((each) => [each.code, each.location?.line]),
      [['swallowed-timeout', line('late')]],
    );
  });
});

interface ToldLint extends Lint {
  message: string;
}
