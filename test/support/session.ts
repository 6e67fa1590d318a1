/** A debug client for tests: the real adapter on stdio, with a program of the test's or of the repository's. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Fixture, marksOf, repositoryPath, withProgram } from './fixture.ts';

/** The adapter under test; the environment may name another build of it. */
const ADAPTER = process.env.GREENLET_ADAPTER ?? repositoryPath('dist/adapter.js');
/** How long an expected message may take, in milliseconds: a limit, not a delay. */
const LIMIT = 60_000;

export type Frame = DebugProtocol.StackFrame;
export type Stopped = DebugProtocol.StoppedEvent['body'];

interface Message {
  type: string;
  seq?: number;
  command?: string;
  arguments?: unknown;
  event?: string;
  body?: never;
  request_seq?: number;
  success?: boolean;
  message?: string;
}

export interface StartOptions {
  /** Ids of the filters; undefined: the adapter's defaults. */
  filters?: string[];
  /** Marks of breakpoints in the program. */
  breakpoints?: (string | ({ mark: string } & Partial<DebugProtocol.SourceBreakpoint>))[];
  /** Attributes of the launch besides `program`. */
  launch?: object;
  /** The name of the program's file. */
  name?: string;
}

/** Runs `use` with a client of its own adapter; afterwards the adapter and the program are gone. */
export async function withClient<T>(use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client();
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

/** Debugs a program whose text is given, in a folder outside the repository. */
export function debug(
  text: string,
  options: StartOptions,
  use: (client: Client, fixture: Fixture) => Promise<void>,
  files?: Record<string, string>,
): Promise<void> {
  return withProgram(
    text,
    { ...(options.name && { name: options.name }), ...(files && { files }) },
    (fixture) =>
      withClient(async (client) => {
        await client.start(fixture, options);
        await use(client, fixture);
      }),
  );
}

/** A program of the repository. */
export function repositoryProgram(name: string): Fixture {
  const path = repositoryPath(name);
  return { path, folder: dirname(path), marks: marksOf(readFileSync(path, 'utf8')) };
}

export class Client {
  readonly process: ChildProcess;
  /** The adapter's exit code, once it has exited. */
  readonly exited: Promise<number | null>;
  /** Answers the adapter's own requests: by what it returns, or with what it throws. */
  answer: (command: string, args: unknown) => object = (command) => {
    throw new Error(`There is no ${command} here.`);
  };
  /** All events so far, in their order. */
  readonly events: Message[] = [];
  private seq = 1;
  private taken = 0;
  private buffer = Buffer.alloc(0);
  private readonly pending = new Map<number, (message: Message) => void>();
  private wake: (() => void) | undefined;
  private fixture: Fixture | undefined;

  constructor() {
    this.process = spawn(process.execPath, [ADAPTER], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.process.stdin?.on('error', () => {});
    this.process.stdout?.on('data', (data: Buffer) => this.receive(data));
    this.exited = new Promise((resolve) => {
      this.process.on('exit', (code) => {
        for (const settle of this.pending.values()) {
          settle({ type: 'response', success: false, message: 'The adapter has exited.' });
        }
        this.wake?.();
        resolve(code);
      });
    });
  }

  /** The number of the newest request. */
  get lastSeq(): number {
    return this.seq - 1;
  }

  /** Reads marks from this program. */
  use(fixture: Fixture): void {
    this.fixture = fixture;
  }

  /** Launches a program and lets it go to its first stop. */
  async start(fixture: Fixture, { filters, breakpoints = [], launch }: StartOptions = {}) {
    this.fixture = fixture;
    await this.request('initialize', { adapterID: 'greenlet', pathFormat: 'path' });
    await this.request('launch', { program: fixture.path, ...launch });
    await this.event('initialized');
    if (breakpoints.length > 0) await this.setBreakpoints(breakpoints);
    if (filters !== undefined) await this.request('setExceptionBreakpoints', { filters });
    await this.request('configurationDone');
  }

  /** Sets the breakpoints of the program, by marks. */
  async setBreakpoints(
    breakpoints: NonNullable<StartOptions['breakpoints']>,
  ): Promise<DebugProtocol.Breakpoint[]> {
    const wanted = breakpoints.map((each) => {
      const { mark, ...rest } = typeof each === 'string' ? { mark: each } : each;
      return { line: this.line(mark), ...rest };
    });
    const { path } = this.program();
    const body = await this.request('setBreakpoints', { source: { path }, breakpoints: wanted });
    return body.breakpoints;
  }

  /** Sends a request; the answer's body, or an error with the answer's message. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies differ, and tests look into them.
  async request(command: string, args: object = {}): Promise<any> {
    const message = await this.send(command, args);
    if (message.success !== true) throw new Error(message.message);
    return message.body;
  }

  /** The message of a request that must fail. */
  async failure(command: string, args: object = {}): Promise<string> {
    const message = await this.send(command, args);
    assert.equal(message.success, false, `${command} should have failed`);
    return message.message ?? '';
  }

  /** The next event with one of these names; events of other names before it are passed over. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies differ, and tests look into them.
  async event(...names: string[]): Promise<{ event: string; body: any }> {
    const isWanted = (each: Message) => names.includes(each.event ?? '');
    const timer = setTimeout(() => {
      this.process.kill('SIGKILL');
    }, LIMIT);
    try {
      for (;;) {
        for (; this.taken < this.events.length; this.taken++) {
          const each = this.events[this.taken] as Message;
          if (isWanted(each)) {
            this.taken++;
            return { event: each.event ?? '', body: each.body };
          }
        }
        if (this.process.exitCode !== null || this.process.signalCode !== null) {
          throw new Error(`The adapter has exited; no ${names.join(' or ')} came.`);
        }
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** The next stop. */
  async stopped(): Promise<Stopped> {
    const { event, body } = await this.event('stopped', 'terminated');
    assert.equal(event, 'stopped', 'the program ended instead of stopping');
    return body;
  }

  /** Steps or continues, and returns the stop after it with the place of its top frame: `foo@mark`. */
  async to(command: 'continue' | 'next' | 'stepIn' | 'stepOut', threadId = 1): Promise<string> {
    await this.request(command, { threadId });
    return this.where();
  }

  /** The next stop's place: `NAME@MARK`, with the line's number where it has no mark. */
  async where(): Promise<string> {
    const { threadId } = await this.stopped();
    const [top] = await this.stack(threadId ?? 0);
    return top === undefined ? `#${threadId}` : this.place(top);
  }

  place({ name, line }: Frame): string {
    const mark = [...this.program().marks].find(([, each]) => each === line)?.[0];
    return `${name}@${mark ?? line}`;
  }

  /** The frames of a greenlet, without those of its spawner. */
  async stack(threadId: number): Promise<Frame[]> {
    const { stackFrames } = await this.request('stackTrace', { threadId });
    return stackFrames.filter((each: Frame) => each.presentationHint !== 'label');
  }

  /** The local variables of a frame, by name. */
  async locals(frame: Frame | undefined): Promise<Record<string, string>> {
    assert.ok(frame !== undefined, 'there is no such frame');
    const { scopes } = await this.request('scopes', { frameId: frame.id });
    const local = scopes.filter((each: DebugProtocol.Scope) => each.name === 'Local');
    assert.equal(local.length, 1, 'exactly one scope is called Local');
    const { variables } = await this.request('variables', local[0]);
    return Object.fromEntries(
      variables.map((each: DebugProtocol.Variable) => [each.name, each.value]),
    );
  }

  /** What the program has printed so far. */
  output(category = 'stdout'): string {
    return this.events
      .filter((each) => each.event === 'output')
      .map((each) => each.body as unknown as DebugProtocol.OutputEvent['body'])
      .filter((body) => body.category === category)
      .map((body) => body.output)
      .join('');
  }

  line(mark: string): number {
    const line = this.program().marks.get(mark);
    assert.ok(line !== undefined, `the program has no mark @${mark}`);
    return line;
  }

  /** Disconnects, and waits for the adapter's exit. */
  async close(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.send('disconnect', {});
      await this.exited;
    }
  }

  private program(): Fixture {
    assert.ok(this.fixture !== undefined, 'no program was started');
    return this.fixture;
  }

  private send(command: string, args: object): Promise<Message> {
    const seq = this.seq++;
    return new Promise((resolve) => {
      this.pending.set(seq, resolve);
      this.write({ seq, type: 'request', command, arguments: args });
    });
  }

  private reply({ seq: request_seq, command = '', arguments: args }: Message): void {
    const common = { seq: this.seq++, type: 'response', request_seq, command };
    try {
      this.write({ ...common, success: true, body: this.answer(command, args) });
    } catch (error) {
      this.write({ ...common, success: false, message: (error as Error).message });
    }
  }

  private write(message: object): void {
    const text = JSON.stringify(message);
    this.process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private receive(data: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const head = this.buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(
        /Content-Length: (\d+)/.exec(this.buffer.toString('utf8', 0, head))?.[1],
      );
      const end = head + 4 + length;
      if (this.buffer.length < end) return;
      const message = JSON.parse(this.buffer.toString('utf8', head + 4, end)) as Message;
      this.buffer = this.buffer.subarray(end);
      this.dispatch(message);
    }
  }

  private dispatch(message: Message): void {
    if (message.type === 'request') this.reply(message);
    else if (message.type === 'event') {
      this.events.push(message);
      this.wake?.();
    } else if (message.request_seq !== undefined) {
      this.pending.get(message.request_seq)?.(message);
      this.pending.delete(message.request_seq);
    }
  }
}
