/** What the guide says at a pause: the whole sentence, for every reason to give way and to go on. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guideTexts } from '../../extension/model/guide-texts.ts';
import { narrate, narrateEnd, type Pause } from '../../extension/model/narration.ts';
import type {
  GreenletInfo,
  GreenletState,
  SwitchRow,
} from '../../runtime/src/protocol/snapshot.ts';

const EN = guideTexts('en');
const ZH = guideTexts('zh-cn');

describe('what has happened', () => {
  it('is why one stopped, and why the other one runs', () => {
    const before = at('foo', 'sleep', '0', { ready: ['bar'], begun: ['main', 'foo', 'bar'] });
    const now = at('bar', 'sleep', '0', { ready: ['foo'] });
    assert.deepEqual(told(before, ['foo bar sleep'], now), [
      'foo gave way with sleep(0); bar was waiting in the queue, so bar runs.',
    ]);
    assert.deepEqual(narrate(ZH, before, rows('foo bar sleep'), now).happened, [
      'foo 用 sleep(0) 让出了执行权；bar 已经在队列里等着，所以轮到 bar 运行。',
    ]);
  });

  it('tells whom a spawn has put into the queue', () => {
    assert.deepEqual(told(undefined, [], at('main', 'joinAll', 'foo #2, bar #3')), [
      'main spawned foo and bar. They are in the queue: spawn does not run anything yet.',
    ]);
  });

  it('tells a first run', () => {
    const before = at('main', 'joinAll', 'foo #2, bar #3', { ready: ['foo', 'bar'] });
    assert.deepEqual(told(before, ['main foo joinAll'], at('foo', 'sleep', '0')), [
      'main waits in joinAll until foo and bar have ended; foo was in the queue and had not run yet, so foo starts.',
    ]);
  });

  const WAITS: [call: string, on: string, parked: string, woken: string][] = [
    [
      'sleep',
      '0.5',
      'foo went to sleep for 0.5 seconds (sleep(0.5))',
      'the 0.5 seconds of foo had passed, so foo goes on',
    ],
    [
      'join',
      'bar #3',
      'foo waits in join until bar has ended',
      'what foo was waiting for had ended, so foo goes on',
    ],
    [
      'Queue.get',
      'jobs',
      'foo waits in Queue.get: jobs had nothing in it',
      'bar put something into jobs, so foo goes on',
    ],
    [
      'Queue.put',
      'jobs',
      'foo waits in Queue.put: jobs was full',
      'bar took something out of jobs, so foo goes on',
    ],
    [
      'Queue.join',
      'jobs',
      'foo waits in Queue.join until all of the work in jobs is done',
      'all of the work in jobs was done, so foo goes on',
    ],
    [
      'Semaphore.acquire',
      'lock',
      'foo waits in Semaphore.acquire: lock was taken',
      'bar released lock, so foo goes on',
    ],
    [
      'Event.wait',
      'done',
      'foo waits in Event.wait until done is set',
      'bar set done, so foo goes on',
    ],
    [
      'AsyncResult.get',
      'answer',
      'foo waits in AsyncResult.get until answer has a value',
      'bar gave answer its value, so foo goes on',
    ],
    [
      'await',
      '',
      'foo waits in await until a promise has settled',
      'the promise of foo had settled, so foo goes on',
    ],
    [
      'Socket.recv',
      'socket',
      'foo waits in Socket.recv for the world outside',
      'there was something for foo from outside, so foo goes on',
    ],
    [
      'fs.readFileSync',
      '',
      'foo waits in fs.readFileSync for the world outside',
      'there was something for foo from outside, so foo goes on',
    ],
    ['Waiter.get', 'x', 'foo waits in Waiter.get(x)', 'foo was woken and goes on'],
  ];
  for (const [call, on, parked, woken] of WAITS) {
    it(`tells a wait in ${call}`, () => {
      const before = at('foo', call, on, { ready: ['bar'], begun: ['main', 'foo', 'bar'] });
      const history = rows(`foo bar ${call}`, 'bar foo exit!');
      assert.deepEqual(narrate(EN, before, history, at('foo', 'sleep', '0')).happened, [
        `${parked}; bar was waiting in the queue, so bar runs.`,
        `bar has ended; ${woken}.`,
      ]);
      // Every sentence exists in the other language, and names the same greenlets.
      const [first = '', second = ''] = narrate(
        ZH,
        before,
        history,
        at('foo', 'sleep', '0'),
      ).happened;
      assert.match(first, /^foo .*；bar .*。$/);
      assert.match(second, /^bar 结束了；.*foo .*。$/);
    });
  }

  it('names the owner of a lock', () => {
    const before = at('foo', 'Semaphore.acquire', 'lock', { owner: 3, ready: ['bar'] });
    assert.match(
      told(before, ['foo bar Semaphore.acquire'], at('bar', 'sleep', '1'))[0] ?? '',
      /^foo waits in Semaphore\.acquire: lock was held by bar; /,
    );
  });

  it('tells that the hub has waited', () => {
    const before = at('foo', 'sleep', '1', { begun: ['main', 'foo'] });
    assert.deepEqual(told(before, ['foo hub sleep', 'hub foo wake'], at('foo', 'sleep', '0')), [
      'foo went to sleep for 1 second (sleep(1)); nobody was ready, so the hub waited; then the 1 second of foo had passed, so foo goes on.',
    ]);
    assert.deepEqual(told(before, ['foo hub sleep'], paused('pause', 'foo')), [
      'foo went to sleep for 1 second (sleep(1)); nobody is ready, so the hub waits.',
    ]);
  });

  it('does not say that there was something where a time limit was over', () => {
    const limited = at('foo', 'Queue.get', 'jobs', { begun: ['main', 'foo'] });
    const history = ['foo hub Queue.get', 'hub foo wake'];
    assert.match(
      told(limited, history, at('foo', 'sleep', '0'))[0] ?? '',
      /; then foo goes on without what it waited for\.$/,
    );
    const sleeping = at('foo', 'sleep', '100', { begun: ['main', 'foo'] });
    const early = told(sleeping, ['foo hub sleep', 'hub foo wake'], at('foo', 'sleep', '0'));
    assert.match(
      early[0] ?? '',
      /; then foo is woken before its 100 seconds are over: a Timeout or a kill is thrown into it\.$/,
    );
    // A pause at the yield is part of the sleep, and comes before the row.
    const slept = {
      ...at('foo', 'sleep', '9.5', { begun: ['main', 'foo'] }),
      begun: new Map([[2, -8]]),
    };
    const whole = told(slept, ['foo hub sleep', 'hub foo wake'], at('foo', 'sleep', '0'));
    assert.match(whole[0] ?? '', /the 9\.5 seconds of foo had passed, so foo goes on\.$/);
    // The program was paused while the hub waited.
    const idle = { ...paused('pause', 'foo'), seq: 1 };
    const waiting = greenlets({ begun: ['main', 'foo'] }).map((each) =>
      each.id === 1 ? { ...each, waitingOn: { kind: 'joinAll', name: 'foo #2' } } : each,
    );
    const thrown = narrate(
      EN,
      { ...idle, greenlets: waiting },
      rows('foo hub sleep', 'hub main wake'),
      at('main', 'sleep', '0'),
    );
    assert.deepEqual(thrown.happened, [
      'The hub waited; then main goes on without what it waited for.',
    ]);
  });

  it('tells ends: by itself, by an error, by a kill', () => {
    const before = at('main', 'kill', 'bar #3', { begun: ['main', 'foo', 'bar'], ready: ['foo'] });
    const now = at('main', 'sleep', '0', { states: { foo: 'failed', bar: 'killed' } });
    const history = ['main foo kill', 'foo bar exit!', 'bar main kill!'];
    assert.deepEqual(told(before, history, now), [
      'main killed bar and waits until that has happened; foo was waiting in the queue, so foo runs.',
      'foo has ended with an error (Error: bad); GreenletExit is thrown into bar, which runs once more to clean up.',
      'bar has ended: it was killed; bar was dead, so main goes on.',
    ]);
    const over = narrateEnd(
      EN,
      before,
      rows('main foo kill', 'foo main exit!', 'main hub exit!'),
      greenlets({}),
    );
    assert.equal(over.happened[1], 'foo has ended; bar was dead, so main goes on.');
    assert.equal(over.happened[2], 'main has ended; nobody is left to run.');
    assert.equal(over.now, 'The program has ended.');
  });

  it('tells the newest switches where there are many', () => {
    const many = Array.from({ length: 20 }, (_, i) => (i % 2 ? 'foo bar sleep' : 'bar foo sleep'));
    const sentences = told(at('bar', 'sleep', '0'), many, paused('breakpoint', 'bar'));
    assert.equal(sentences.length, 7);
    assert.equal(sentences[0], '14 switches before these.');
  });

  it('says how many are not named', () => {
    const now = at('main', 'joinAll', 'foo #2, bar #3, and 7 more');
    assert.match(narrate(EN, undefined, [], now).now, /for the end of foo, bar and 7 others\.$/);
    assert.match(narrate(ZH, undefined, [], now).now, /等待 foo、bar 和另外 7 个 greenlet 结束。$/);
  });

  it('numbers greenlets that share a name', () => {
    const twins = greenlets({}).map((each) => ({ ...each, name: each.id > 1 ? 'task' : 'main' }));
    const now = { ...at('foo', 'join', 'task #3'), greenlets: twins };
    assert.equal(
      narrate(EN, undefined, [], now).now,
      'task #2 is about to wait in join for the end of task #3.',
    );
    const both = { ...at('main', 'joinAll', 'task #2, task #3'), greenlets: twins };
    assert.match(narrate(EN, undefined, [], both).now, /for the end of task #2 and task #3\.$/);
  });
});

describe('where the program stands', () => {
  it('is told for every reason to stop', () => {
    const reasons: Record<string, RegExp> = {
      entry: /first line/,
      step: /^foo has taken a step/,
      breakpoint: /^foo has come to a breakpoint/,
      'function breakpoint': /breakpoint/,
      'data breakpoint': /breakpoint/,
      spawn: /being spawned/,
      start: /^foo runs for the first time/,
      exit: /^foo has just ended/,
      kill: /^foo is killed: GreenletExit/,
      timeout: /^The time of foo is over/,
      blocked: /^foo has run for a long time/,
      pause: /^foo is paused/,
    };
    for (const [reason, sentence] of Object.entries(reasons)) {
      assert.match(narrate(EN, undefined, [], paused(reason, 'foo')).now, sentence);
      assert.match(narrate(ZH, undefined, [], paused(reason, 'foo')).now, /[。]$/);
    }
  });

  it('is told at an error, and at a deadlock with its circle', () => {
    const error = { ...paused('exception', 'foo'), error: 'Error: bad\n  at x' };
    assert.equal(narrate(EN, undefined, [], error).now, 'foo has thrown an error: Error: bad.');
    const deadlock = { ...paused('exception', 'foo'), deadlock: [2, 3] };
    assert.equal(
      narrate(EN, undefined, [], deadlock).now,
      'Deadlock: foo waits for bar waits for foo. None of them can ever go on.',
    );
    const stuck = { ...paused('exception', 'main'), deadlock: [] };
    assert.match(narrate(EN, undefined, [], stuck).now, /^Nobody can ever run again/);
  });
});

describe('who is next', () => {
  it('is the first of the queue, another time or for the first time', () => {
    const begun = ['main', 'foo', 'bar'];
    const again = at('foo', 'sleep', '0', { ready: ['bar', 'main'], begun });
    assert.equal(nextOf(again), 'bar is first in the queue: it runs next.');
    const fresh = at('main', 'sleep', '0', { ready: ['foo'] });
    assert.equal(nextOf(fresh), 'foo is first in the queue: it runs next, for the first time.');
  });

  it('may be the one that gives way, or nobody', () => {
    assert.equal(
      nextOf(at('foo', 'sleep', '0')),
      'Nobody else is in the queue, so foo itself goes on.',
    );
    assert.equal(
      nextOf(at('foo', 'sleep', '1')),
      'Nobody is in the queue: the hub waits until somebody is woken.',
    );
  });

  it('is not told where nobody gives way', () => {
    assert.equal(nextOf(paused('breakpoint', 'foo')), '');
  });
});

const IDS: Record<string, number> = { hub: 0, main: 1, foo: 2, bar: 3 };

interface Scene {
  ready?: string[];
  /** Who has run. */
  begun?: string[];
  owner?: number;
  states?: Record<string, GreenletState>;
}

/** A pause where a greenlet is about to wait. */
function at(name: string, kind: string, on: string, scene: Scene = {}): Pause {
  const { owner } = scene;
  const waitingOn = { kind, name: on, ...(owner !== undefined && { owner }) };
  return { ...paused('yield', name, scene), waitingOn };
}

function paused(reason: string, name: string, scene: Scene = {}): Pause {
  const { ready = [] } = scene;
  return {
    reason,
    greenlet: IDS[name] ?? 0,
    waitingOn: null,
    greenlets: greenlets({ ...scene, begun: [...(scene.begun ?? ['main']), name] }),
    ready: ready.map((each) => IDS[each] ?? 0),
    seq: 0,
    begun: new Map(),
  };
}

function greenlets({ begun = [], states = {} }: Scene): GreenletInfo[] {
  const location = { path: '/x.ts', line: 1, column: 1, function: 'f' };
  return ['main', 'foo', 'bar'].map((name) => ({
    id: IDS[name] ?? 0,
    name,
    state: states[name] ?? (name === 'main' ? 'running' : 'ready'),
    spawner: name === 'main' ? null : 1,
    waitingOn: null,
    location: begun.includes(name) ? location : null,
    switches: 0,
    ...(states[name] === 'failed' && { exception: 'Error: bad' }),
  }));
}

/**
 * `foo bar sleep`: from, to, reason; with `!` it is the row of an end, which has no place. One second lies between two. Who stops
 * has woken who runs next, the hub nobody.
 */
function rows(...texts: string[]): SwitchRow[] {
  return texts.map((text, i) => {
    const [from = '', to = '', word = ''] = text.split(' ');
    const isEnd = word.endsWith('!') || from === 'hub';
    const place = isEnd
      ? { source: '', line: 0, column: 0 }
      : { source: '/x.ts', line: 1, column: 1 };
    const reason = word.replace('!', '');
    const cause = from === 'hub' ? {} : { cause: i + 1 };
    const ends = { from: IDS[from] ?? 0, to: IDS[to] ?? 0 };
    return { seq: i + 1, time: i + 1, ...ends, reason, ...place, ...cause };
  });
}

function told(before: Pause | undefined, history: string[], now: Pause): string[] {
  return narrate(EN, before, rows(...history), now).happened;
}

function nextOf(pause: Pause): string {
  return narrate(EN, undefined, [], pause).next;
}
