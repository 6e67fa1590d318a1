/**
 * The debug adapter: DAP on one side, one program on the other. It imports no `vscode`, and serves any client, on stdio or inline.
 * A session's life is here; all other requests are answered in `requests/`.
 */

import { basename } from 'node:path';
import { DebugSession, Event, InitializedEvent, Response } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { useLanguage } from '../l10n/language.ts';
import { type AttachArguments, checkAttach } from './attach.ts';
import { capabilities } from './capabilities.ts';
import { type Child, Children } from './children.ts';
import type { Debuggee } from './debuggee.ts';
import { errorBody, messageOf, UnknownRequestError, UserError } from './errors.ts';
import { Events } from './events.ts';
import { defaultFilters } from './filters.ts';
import { checkLaunch, type Launch, type LaunchArguments } from './launch.ts';
import type { Program } from './program.ts';
import { checkArguments } from './requests/check-arguments.ts';
import type { Answer, Context } from './requests/handler.ts';
import { HANDLERS } from './requests/table.ts';
import { attachTo, launchInTerminal, launchProgram } from './start.ts';

/** How long the editor may take to open a terminal, in milliseconds. */
const TERMINAL_LIMIT = 20_000;
/** How long the editor may take to start a session, in milliseconds. */
const SESSION_LIMIT = 20_000;

/** What a session needs to know of its surroundings. */
export interface SessionOptions {
  /** The folder of the runtime's build, `runtime/dist`. */
  runtimePath: string;
}

export class GreenletDebugSession extends DebugSession implements Context {
  private readonly runtimePath: string;
  private launch: Launch | undefined;
  isDebugging = true;
  program: Program | undefined;
  private debuggee: Debuggee | undefined;
  filters = defaultFilters();
  private isOver = false;
  /** The numbers of the requests whose answers are wanted and not given yet. */
  private readonly unanswered = new Set<number>();
  private hasTerminals = false;
  private hasSessions = false;
  private children: Children | undefined;
  readonly events: Events;

  constructor({ runtimePath }: SessionOptions) {
    super();
    this.runtimePath = runtimePath;
    this.events = new Events(
      (name, body) => this.sendEvent(new Event(name, body)),
      (line) => this.convertDebuggerLineToClient(line),
      (column) => this.convertDebuggerColumnToClient(column),
    );
    this.setDebuggerLinesStartAt1(true);
    this.setDebuggerColumnsStartAt1(true);
    // The base class ends the adapter at a message that it cannot read. A stream that is closed has events of its own.
    this.removeAllListeners('error');
    this.on('error', ({ body }: DebugProtocol.Event) => {
      const text = l10n.t('A message of the editor is not understood: {0}', body);
      this.events.output('console', `${text}\n`);
    });
  }

  /** Ends the debuggee at once; for the end of the adapter itself. */
  override dispose(): void {
    this.isOver = true;
    this.children?.dispose();
    this.debuggee?.kill();
    super.dispose();
  }

  /** Ends the debuggee, and settles when its process has gone. */
  async end(): Promise<void> {
    this.dispose();
    await this.debuggee?.ended;
  }

  override shutdown(): void {
    this.isOver = true;
    this.children?.dispose();
    this.debuggee?.kill();
    super.shutdown();
  }

  running(): Program {
    if (this.program === undefined) throw new UserError(l10n.t('No program has been started.'));
    if (this.events.hasEnded) throw new UserError(l10n.t('The program has ended.'));
    return this.program;
  }

  place(line: number, column: number | undefined): { line: number; column: number | undefined } {
    return {
      line: this.convertClientLineToDebugger(line),
      column: column === undefined ? undefined : this.convertClientColumnToDebugger(column),
    };
  }

  path(path: string): string {
    return this.convertClientPathToDebugger(path);
  }

  send(event: string, body: object): void {
    this.sendEvent(new Event(event, body));
  }

  goOn(running: Promise<void>): void {
    running.catch((error) => {
      if (!this.events.hasEnded && this.program?.target.connection.isOpen) {
        this.events.output(
          'console',
          `${l10n.t('The debugger has failed: {0}', messageOf(error))}\n`,
        );
      }
    });
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    // The protocol's default; @vscode/debugadapter refuses clients that leave it out.
    if (request.command === 'initialize')
      request.arguments = { pathFormat: 'path', ...request.arguments };
    const handler = HANDLERS[request.command];
    if (handler === undefined) super.dispatchRequest(request);
    else {
      const args = request.arguments ?? {};
      this.answer(new Response(request), async () => {
        checkArguments(request.command, args);
        return handler(this, args as never);
      });
    }
  }

  protected override initializeRequest(
    response: DebugProtocol.InitializeResponse,
    args: DebugProtocol.InitializeRequestArguments,
  ): void {
    useLanguage(args.locale);
    this.hasTerminals = args.supportsRunInTerminalRequest ?? false;
    this.hasSessions = args.supportsStartDebuggingRequest ?? false;
    response.body = capabilities();
    this.sendResponse(response);
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    args: LaunchArguments,
  ): void {
    this.answer(response, async () => {
      if (this.launch !== undefined)
        throw new UserError(l10n.t('A program is being debugged already.'));
      const launch = checkLaunch(args ?? {});
      this.launch = launch;
      this.isDebugging = args?.noDebug !== true;
      try {
        this.program = await this.startProgram(launch);
      } catch (error) {
        this.launch = undefined;
        throw error;
      }
      return { afterwards: () => this.sendEvent(new InitializedEvent()) };
    });
  }

  private startProgram(wanted: Launch): Promise<Program> {
    const { runtimePath, events } = this;
    const launch = this.withChildren(wanted);
    if (launch.console === 'internalConsole') {
      return launchProgram(launch, runtimePath, events, (debuggee) => this.ownProcess(debuggee));
    }
    return launchInTerminal(launch, runtimePath, events, (args) => this.inTerminal(args));
  }

  /** Waits for children of the program, where the client can have sessions for them. */
  private withChildren(launch: Launch): Launch {
    if (!launch.autoAttachChildProcesses || !this.hasSessions || !this.isDebugging) return launch;
    this.children = new Children({
      opens: () => this.debuggee?.expectInspector(),
      waits: (child) => this.startSession(child, launch.skipFiles),
    });
    return { ...launch, env: { ...launch.env, ...this.children.env } };
  }

  private startSession({ program, pid, port }: Child, skipFiles: string[]): Promise<void> {
    const name = `${basename(program)} (${pid})`;
    const configuration = { type: 'greenlet', name, port, skipFiles, isChild: true };
    return new Promise((resolve, reject) => {
      const args = { request: 'attach', configuration };
      this.sendRequest('startDebugging', args, SESSION_LIMIT, ({ success, message }) => {
        if (success) resolve();
        else reject(new UserError(message ?? ''));
      });
    });
  }

  private inTerminal(args: DebugProtocol.RunInTerminalRequestArguments): Promise<void> {
    if (!this.hasTerminals) {
      throw new UserError(
        l10n.t('This editor has no terminals: set "console" to "internalConsole".'),
      );
    }
    return new Promise((resolve, reject) => {
      this.runInTerminalRequest(args, TERMINAL_LIMIT, ({ success, message }) => {
        if (success) resolve();
        else reject(new UserError(l10n.t('The editor has opened no terminal: {0}', message ?? '')));
      });
    });
  }

  protected override attachRequest(
    response: DebugProtocol.AttachResponse,
    args: AttachArguments,
  ): void {
    this.answer(response, async () => {
      if (this.program !== undefined)
        throw new UserError(l10n.t('A program is being debugged already.'));
      this.program = await attachTo(checkAttach(args ?? {}), this.events);
      return { afterwards: () => this.sendEvent(new InitializedEvent()) };
    });
  }

  protected override configurationDoneRequest(
    response: DebugProtocol.ConfigurationDoneResponse,
  ): void {
    this.answer(response, async () => {
      const program = this.running();
      if (this.isDebugging) await program.filter(this.filters);
      const stopAt = this.launch?.stopOnEntry ? this.launch.program : undefined;
      return { afterwards: () => this.goOn(program.begin(this.isDebugging, stopAt)) };
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.answer(response, async () => {
      if (this.program === undefined) this.debuggee?.kill();
      else this.program.terminate();
    });
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    { terminateDebuggee }: DebugProtocol.DisconnectArguments = {},
  ): void {
    this.isOver = true;
    this.leave(terminateDebuggee ?? this.launch !== undefined).then(() => {
      this.sendResponse(response);
      this.shutdown();
    });
  }

  /** Ends the program that this session has started; lets go of one that it has joined. */
  private async leave(ends: boolean): Promise<void> {
    this.debuggee?.kill();
    await this.debuggee?.ended;
    if (this.debuggee !== undefined || this.events.hasEnded) return;
    if (ends) {
      this.program?.terminate();
      await this.program?.ended;
    } else await this.program?.detach().catch(() => {});
  }

  protected override customRequest(command: string, response: DebugProtocol.Response): void {
    this.answer(response, async () => {
      throw new UnknownRequestError(
        l10n.t('The greenlet debugger does not know the request {0}.', command),
      );
    });
  }

  /**
   * Answers a request with what `work` answers, or with the sentence that says why it failed.
   */
  private answer(
    response: DebugProtocol.Response,
    // biome-ignore lint/suspicious/noConfusingVoidType: most requests have nothing to answer, and return nothing.
    work: () => Promise<Answer | void>,
  ): void {
    const { request_seq: seq } = response;
    this.unanswered.add(seq);
    work()
      .then(
        (answer) => {
          // What does something is not taken back: only its answer could be.
          const isWanted = this.unanswered.has(seq) || answer?.afterwards !== undefined;
          if (!isWanted) return this.refuse(response, 'cancelled');
          if (answer?.body !== undefined) response.body = answer.body;
          this.sendResponse(response);
          answer?.afterwards?.();
        },
        (error) => this.fail(response, error),
      )
      .finally(() => this.unanswered.delete(seq));
  }

  /** The client does not want an answer any more: a large one need not be written. */
  protected override cancelRequest(
    response: DebugProtocol.CancelResponse,
    { requestId }: DebugProtocol.CancelArguments = {},
  ): void {
    if (requestId !== undefined) this.unanswered.delete(requestId);
    this.sendResponse(response);
  }

  /** DAP's word for an answer that is not given; clients do not show it. */
  private refuse(response: DebugProtocol.Response, message: 'cancelled'): void {
    response.success = false;
    response.message = message;
    this.sendResponse(response);
  }

  private fail(response: DebugProtocol.Response, error: unknown): void {
    // Not `sendErrorResponse`: it would take {braces} in the text for variables.
    response.success = false;
    response.message = messageOf(error);
    response.body = { error: errorBody(response.command, error) };
    this.sendResponse(response);
  }

  private ownProcess(debuggee: Debuggee): void {
    this.debuggee = debuggee;
    if (this.isOver) debuggee.kill();
  }
}
