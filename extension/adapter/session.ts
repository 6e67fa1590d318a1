/**
 * The debug adapter: DAP on one side, one program on the other. It imports no `vscode`, and serves any client, on stdio or inline.
 * Each request is answered here and done in the file of its chapter.
 */

import { DebugSession, Event, InitializedEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { capabilities } from './capabilities.ts';
import { answerCustom } from './custom.ts';
import type { Debuggee } from './debuggee.ts';
import { errorBody, messageOf, UserError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { Events } from './events.ts';
import { chosenFilters, defaultFilters, filterBreakpoints } from './filters.ts';
import { titleOf } from './greenlets.ts';
import { checkLaunch, type Launch, type LaunchArguments } from './launch.ts';
import { OUTSIDE } from './pauses.ts';
import { Program } from './program.ts';

/** What a session needs to know of its surroundings. */
export interface SessionOptions {
  /** The folder of the runtime's build, `runtime/dist`. */
  runtimePath: string;
}

export class GreenletDebugSession extends DebugSession {
  private readonly runtimePath: string;
  private launch: Launch | undefined;
  private isDebugging = true;
  private program: Program | undefined;
  private debuggee: Debuggee | undefined;
  private filters = defaultFilters();
  private isOver = false;
  private readonly events: Events;

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
  }

  /** Ends the debuggee at once; for the end of the adapter itself. */
  override dispose(): void {
    this.isOver = true;
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
    this.debuggee?.kill();
    super.shutdown();
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    // The protocol's default; @vscode/debugadapter refuses clients that leave it out.
    if (request.command === 'initialize')
      request.arguments = { pathFormat: 'path', ...request.arguments };
    super.dispatchRequest(request);
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = capabilities();
    this.sendResponse(response);
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    args: LaunchArguments,
  ): void {
    this.answer(response, async () => {
      if (this.launch !== undefined) throw new UserError('A program is being debugged already.');
      const launch = checkLaunch(args);
      this.launch = launch;
      this.isDebugging = args.noDebug !== true;
      try {
        this.program = await Program.launch(launch, this.runtimePath, this.events, (debuggee) =>
          this.ownProcess(debuggee),
        );
      } catch (error) {
        this.launch = undefined;
        throw error;
      }
      return () => this.sendEvent(new InitializedEvent());
    });
  }

  protected override attachRequest(response: DebugProtocol.AttachResponse): void {
    this.answer(response, async () => {
      throw new UserError(
        'Attaching to a running program is not supported yet: use "request": "launch".',
      );
    });
  }

  protected override configurationDoneRequest(
    response: DebugProtocol.ConfigurationDoneResponse,
  ): void {
    this.answer(response, async () => {
      const program = this.running();
      if (this.isDebugging) await program.filter(this.filters);
      return () => this.goOn(this.begin(program));
    });
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints = [], lines = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    this.answer(response, async () => {
      if (source.path === undefined) throw new UserError('Breakpoints need a file with a path.');
      const wanted = breakpoints.length > 0 ? breakpoints : lines.map((line) => ({ line }));
      const set = await this.running().breakpoints.set(
        this.convertClientPathToDebugger(source.path),
        wanted.map(({ line, column, condition }: DebugProtocol.SourceBreakpoint) => ({
          line: this.convertClientLineToDebugger(line),
          column: column === undefined ? undefined : this.convertClientColumnToDebugger(column),
          condition: condition || undefined,
        })),
      );
      response.body = { breakpoints: set.map((each) => this.events.place(each)) };
    });
  }

  protected override setExceptionBreakPointsRequest(
    response: DebugProtocol.SetExceptionBreakpointsResponse,
    args: DebugProtocol.SetExceptionBreakpointsArguments,
  ): void {
    this.answer(response, async () => {
      this.filters = chosenFilters(args);
      const problems = this.isDebugging ? await this.program?.filter(this.filters) : undefined;
      response.body = { breakpoints: filterBreakpoints(args, problems ?? {}) };
    });
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    this.answer(response, async () => {
      const { program } = this;
      if (program === undefined || this.events.hasEnded) {
        response.body = { threads: [] };
        return;
      }
      if (program.stop === undefined) await this.refresh(program);
      const threads = program.greenlets
        .alive()
        .map((info) => ({ id: info.id, name: titleOf(info) }));
      if (program.stop?.threadId === OUTSIDE) {
        threads.push({ id: OUTSIDE, name: 'Code outside any greenlet' });
      }
      response.body = { threads };
    });
  }

  protected override stackTraceRequest(
    response: DebugProtocol.StackTraceResponse,
    { threadId, startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments,
  ): void {
    this.answer(response, async () => {
      const program = this.running();
      const frames = await program.stacks.frames(threadId, program.stopped());
      const end = levels > 0 ? startFrame + levels : frames.length;
      response.body = {
        stackFrames: frames.slice(startFrame, end).map((each) => this.events.place(each)),
        totalFrames: frames.length,
      };
    });
  }

  protected override scopesRequest(
    response: DebugProtocol.ScopesResponse,
    { frameId }: DebugProtocol.ScopesArguments,
  ): void {
    this.answer(response, async () => {
      const program = this.running();
      const record = program.stacks.record(frameId);
      response.body = {
        scopes: record === undefined ? [] : await program.variables.scopes(record),
      };
    });
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    args: DebugProtocol.VariablesArguments,
  ): void {
    this.answer(response, async () => {
      response.body = { variables: await this.running().variables.children(args) };
    });
  }

  protected override setVariableRequest(
    response: DebugProtocol.SetVariableResponse,
    args: DebugProtocol.SetVariableArguments,
  ): void {
    this.answer(response, async () => {
      response.body = await this.running().variables.set(args);
    });
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression, frameId, context }: DebugProtocol.EvaluateArguments,
  ): void {
    this.answer(response, async () => {
      const { target, variables, stacks } = this.running();
      const record = frameId === undefined ? undefined : stacks.record(frameId);
      if (frameId !== undefined && record === undefined) {
        throw new UserError('There is nothing to evaluate in here: the frame is gone.');
      }
      const isHover = context === 'hover';
      const object = await evaluate(target, variables, expression, record, isHover);
      const { value, ...rest } = variables.variable('', object);
      response.body = { ...rest, result: value };
    });
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    this.answer(response, async () => {
      const program = this.running();
      program.stopped();
      response.body = { allThreadsContinued: true };
      return () => this.goOn(program.resume());
    });
  }

  protected override nextRequest(
    response: DebugProtocol.NextResponse,
    { threadId }: DebugProtocol.NextArguments,
  ): void {
    this.step(response, 'over', threadId);
  }

  protected override stepInRequest(
    response: DebugProtocol.StepInResponse,
    { threadId }: DebugProtocol.StepInArguments,
  ): void {
    this.step(response, 'into', threadId);
  }

  protected override stepOutRequest(
    response: DebugProtocol.StepOutResponse,
    { threadId }: DebugProtocol.StepOutArguments,
  ): void {
    this.step(response, 'out', threadId);
  }

  protected override pauseRequest(response: DebugProtocol.PauseResponse): void {
    this.answer(response, async () => this.running().pause());
  }

  protected override exceptionInfoRequest(response: DebugProtocol.ExceptionInfoResponse): void {
    this.answer(response, async () => {
      const { error } = this.running().stopped();
      if (error === undefined) throw new UserError('The program has not stopped at an error.');
      const { id, message, stack } = error;
      const details = { message, typeName: id, ...(stack !== undefined && { stackTrace: stack }) };
      response.body = {
        exceptionId: id,
        description: message,
        breakMode: error.caught ? 'always' : 'unhandled',
        details,
      };
    });
  }

  protected override terminateThreadsRequest(
    response: DebugProtocol.TerminateThreadsResponse,
    { threadIds = [] }: DebugProtocol.TerminateThreadsArguments,
  ): void {
    this.answer(response, async () => {
      for (const id of threadIds) await answerCustom(this.running(), 'greenlet/kill', { id });
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.answer(response, async () => {
      if (this.program === undefined) this.debuggee?.kill();
      else this.program.terminate();
    });
  }

  protected override disconnectRequest(response: DebugProtocol.DisconnectResponse): void {
    this.isOver = true;
    this.debuggee?.kill();
    const done = () => {
      this.sendResponse(response);
      this.shutdown();
    };
    if (this.debuggee === undefined) done();
    else this.debuggee.ended.then(done);
  }

  protected override customRequest(
    command: string,
    response: DebugProtocol.Response,
    args: unknown,
  ): void {
    this.answer(response, async () => {
      response.body = await answerCustom(this.running(), command, args);
    });
  }

  private step(
    response: DebugProtocol.Response,
    kind: 'over' | 'into' | 'out',
    threadId: number,
  ): void {
    this.answer(response, async () => {
      const program = this.running();
      const stop = program.stopped();
      const isKnown = threadId === OUTSIDE || threadId === stop.info.current;
      const info = program.greenlets.get(threadId);
      if (!isKnown && info?.location == null && !stop.outer.has(threadId)) {
        const title = info === undefined ? `Greenlet #${threadId}` : titleOf(info);
        throw new UserError(`${title} has no line to step from: it has not begun, or has ended.`);
      }
      return () => {
        this.sendEvent(new Event('continued', { threadId, allThreadsContinued: true }));
        this.goOn(program.step(kind, stop, threadId));
      };
    });
  }

  /**
   * Answers a request with what `work` does, or with the sentence that says why it failed.
   *
   * @param work may return what is to be done after the answer.
   */
  private answer(response: DebugProtocol.Response, work: () => Promise<AfterAnswer>): void {
    work().then(
      (afterwards) => {
        this.sendResponse(response);
        afterwards?.();
      },
      (error) => this.fail(response, error),
    );
  }

  private fail(response: DebugProtocol.Response, error: unknown): void {
    // Not `sendErrorResponse`: it would take {braces} in the text for variables.
    response.success = false;
    response.message = messageOf(error);
    response.body = { error: errorBody(response.command, error) };
    this.sendResponse(response);
  }

  /**
   * The program.
   *
   * @throws {UserError} if there is none, or none any more.
   */
  private running(): Program {
    if (this.program === undefined) throw new UserError('No program has been started.');
    if (this.events.hasEnded) throw new UserError('The program has ended.');
    return this.program;
  }

  private async begin(program: Program): Promise<void> {
    if (this.launch !== undefined) await program.begin(this.launch, this.isDebugging);
  }

  /** Lets the program run; if it ends at that moment, its end is told elsewhere. */
  private goOn(running: Promise<void>): void {
    running.catch((error) => {
      if (!this.events.hasEnded && this.program?.target.connection.isOpen) {
        this.events.output('console', `The debugger has failed: ${messageOf(error)}\n`);
      }
    });
  }

  private ownProcess(debuggee: Debuggee): void {
    this.debuggee = debuggee;
    if (this.isOver) debuggee.kill();
  }

  private async refresh(program: Program): Promise<void> {
    const { greenlets, target } = program;
    const snapshot = await target.ask((bridge, since) => bridge.snapshot(since), greenlets.version);
    greenlets.update(snapshot);
  }
}

// biome-ignore lint/suspicious/noConfusingVoidType: most requests have nothing to do afterwards, and return nothing.
type AfterAnswer = (() => void) | void;
