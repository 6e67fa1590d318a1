/** Greenlet sessions as the editor runs them, seen from inside the extension host. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { History, Snapshot } from '../../../runtime/src/protocol/snapshot.ts';

const PROGRAM = join(
  process.env.GREENLETS_TEST_ROOT ?? '',
  'media/tutorial/01-context-switch/en/program.ts',
);

describe('the extension', () => {
  it('is not active before it is needed', async () => {
    const document = await vscode.workspace.openTextDocument(PROGRAM);
    await vscode.window.showTextDocument(document);
    assert.equal(extension().isActive, false);
  });

  it('becomes active with a session', async () => {
    const session = await start(PROGRAM);
    assert.equal(extension().isActive, true);
    await session.stop();
  });
});

describe('a session on the first tutorial program', () => {
  it('stops at every yield, then ends', async () => {
    const session = await start(PROGRAM);
    const yields: string[] = [];
    for (;;) {
      const stop = await session.nextStop();
      if (stop === undefined) break;
      assert.equal(stop.reason, 'yield');
      yields.push(`${await session.topLine(stop.threadId)}`);
      await session.continue(stop.threadId);
    }
    assert.deepEqual(yields, [
      line('joinAll(['),
      line('sleep(0)', 'function foo'),
      line('sleep(0)', 'function bar'),
    ]);
    assert.equal(
      session.output,
      'Running in foo\nExplicit context to bar\nExplicit context switch to foo again\nImplicit context switch back to bar\n',
    );
  });

  it('tells all greenlets and the switches between them', async () => {
    const session = await start(PROGRAM);
    const stops = [await session.nextStop()];
    for (let count = 1; count < 3; count++) {
      await session.continue(stops.at(-1)?.threadId ?? 0);
      stops.push(await session.nextStop());
    }
    const snapshot: Snapshot = await session.request('greenlet/snapshot', {});
    assert.deepEqual(
      snapshot.greenlets.map(({ id, name, spawner }) => `${name} #${id} of ${spawner}`),
      ['main #1 of null', 'foo #2 of 1', 'bar #3 of 1'],
    );
    const [main, foo] = snapshot.greenlets;
    assert.equal(main?.state, 'waiting');
    assert.equal(main?.waitingOn?.kind, 'joinAll');
    assert.equal(main?.location?.line, Number(line('joinAll([')));
    assert.equal(foo?.location?.line, Number(line('sleep(0)', 'function foo')));
    const history: History = await session.request('greenlet/history', {});
    assert.deepEqual(
      history.switches.slice(0, 2).map(({ from, to, reason }) => `${from} ${to} ${reason}`),
      ['1 2 joinAll', '2 3 sleep'],
    );
    await session.stop();
  });

  it('answers a request for what has changed with less than everything', async () => {
    const session = await start(PROGRAM);
    const first = await session.nextStop();
    const { version }: Snapshot = await session.request('greenlet/snapshot', {});
    const delta: Snapshot = await session.request('greenlet/snapshot', { since: version });
    assert.deepEqual(idsOf(delta), [1], 'only where the running one stands');
    await session.continue(first?.threadId ?? 0);
    await session.nextStop();
    const after: Snapshot = await session.request('greenlet/snapshot', { since: version });
    assert.deepEqual(idsOf(after), [1, 2]);
    await session.stop();
  });
});

describe('a program that cannot run', () => {
  it('gives a clear message, and the session ends', async () => {
    const missing = join(process.env.GREENLETS_TEST_ROOT ?? '', 'no-such-program.ts');
    const session = new Session();
    try {
      // In a test the editor refuses to show its dialog and reports that instead of false.
      await vscode.debug
        .startDebugging(undefined, configuration(missing))
        .then(undefined, () => {});
      await session.ended;
      while (vscode.debug.activeDebugSession !== undefined) {
        await new Promise((resolve) => vscode.debug.onDidChangeActiveDebugSession(resolve));
      }
      assert.match(session.failure ?? '', /no-such-program\.ts/);
    } finally {
      session.dispose();
    }
  });
});

/** Starts a session that is disposed of when it ends. */
async function start(program: string): Promise<Session> {
  const session = new Session();
  const hasStarted = await vscode.debug.startDebugging(undefined, configuration(program));
  assert.equal(hasStarted, true);
  return session;
}

function configuration(program: string): vscode.DebugConfiguration {
  return { type: 'greenlet', request: 'launch', name: 'test', program };
}

/** The next session that starts: what its adapter says, and requests to it. */
class Session {
  output = '';
  /** The message of the first request that failed. */
  failure: string | undefined;
  readonly ended: Promise<void>;

  readonly #stops: DebugProtocol.StoppedEvent['body'][] = [];
  #session: vscode.DebugSession | undefined;
  #isOver = false;
  #wake = () => {};
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    let end = () => {};
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    this.#subscriptions = [
      vscode.debug.registerDebugAdapterTrackerFactory('greenlet', {
        createDebugAdapterTracker: (session) => {
          this.#session = session;
          return {
            onDidSendMessage: (message) => this.#hear(message),
            // The editor tells of the end of a session only when its start has succeeded; the tracker always hears it.
            onWillStopSession: () => {
              this.#isOver = true;
              this.#wake();
              this.dispose();
              end();
            },
          };
        },
      }),
    ];
  }

  /** The next stop; undefined at the end of the session. */
  async nextStop(): Promise<DebugProtocol.StoppedEvent['body'] | undefined> {
    while (this.#stops.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#stops.shift();
  }

  async request<T>(command: string, args: object): Promise<T> {
    return this.#session?.customRequest(command, args) as Promise<T>;
  }

  async continue(threadId: number | undefined): Promise<void> {
    await this.request('continue', { threadId });
  }

  async topLine(threadId: number | undefined): Promise<number | undefined> {
    const args = { threadId, startFrame: 0, levels: 1 };
    const stack = await this.request<DebugProtocol.StackTraceResponse['body']>('stackTrace', args);
    return stack.stackFrames[0]?.line;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => vscode.debug.onDidTerminateDebugSession(resolve));
    await vscode.debug.stopDebugging(this.#session);
    await Promise.all([ended, this.ended]);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #hear(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const { success, message: text, body } = message as DebugProtocol.Response;
      if (!success) this.failure ??= body?.error?.format ?? text;
      return;
    }
    const { event, body } = message as DebugProtocol.Event;
    if (event === 'output' && body.category === 'stdout') this.output += body.output;
    if (event === 'stopped') {
      this.#stops.push(body);
      this.#wake();
    }
  }
}

function idsOf(snapshot: Snapshot): number[] {
  return snapshot.greenlets.map(({ id }) => id);
}

/** The number of the first line that contains a text, after the line that contains another one. */
function line(text: string, after = ''): string {
  const lines = readFileSync(PROGRAM, 'utf8').split('\n');
  const start = lines.findIndex((each) => each.includes(after));
  const found = lines.findIndex((each, index) => index >= start && each.includes(text));
  assert(found >= 0, `The program has no line with ${text}.`);
  return String(found + 1);
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('greenlets.greenlet-debugger');
  assert(found !== undefined, 'The extension is not installed.');
  return found;
}
