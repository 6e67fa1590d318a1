/** One program under the debugger, from its start to its end: it ties the parts of the adapter together. */

import { constants } from 'node:os';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import type { LogLine, PauseFilters } from '../../runtime/src/protocol/bridge.ts';
import type { Lint, LintLine } from '../../runtime/src/protocol/lints.ts';
import type { CdpConnection } from '../cdp/connection.ts';
import type { Paused } from '../cdp/types.ts';
import { Breakpoints, realPath } from './breakpoints.ts';
import { DataBreakpoints } from './data-breakpoints.ts';
import { type Category, Debuggee } from './debuggee.ts';
import { messageOf, UserError } from './errors.ts';
import { Exceptions } from './exceptions.ts';
import type { NativeFrame } from './frames.ts';
import { FunctionBreakpoints } from './function-breakpoints.ts';
import { Greenlets } from './greenlets.ts';
import { FoundLints, type ToldLint } from './lints.ts';
import { Pauses, type Stop } from './pauses.ts';
import type { Exit, ProgramProcess } from './process.ts';
import type { SourcePlace } from './scripts.ts';
import { Stacks } from './stack.ts';
import { StepTargets } from './step-targets.ts';
import { Stepping } from './stepping.ts';
import { Target, type TargetListener } from './target.ts';
import { Variables } from './variables.ts';

export interface ProgramListener {
  /** @param place where in the source it comes from, one-based. */
  output(category: Category | 'console', text: string, place?: SourcePlace): void;
  stopped(stop: Stop, hitBreakpointIds: number[]): void;
  breakpointChanged(breakpoint: DebugProtocol.Breakpoint): void;
  greenletsChanged(started: number[], ended: number[]): void;
  /** Something about the greenlets has changed while the program runs; at most ten times a second. */
  changed(version: number): void;
  /** The program has run to its end and is kept from going, for the client that has asked for that (`hold`). */
  ending(): void;
  /** Something looks like a mistake. */
  linted(lint: ToldLint): void;
  /** @param exitCode undefined where nobody can know it. */
  ended(exitCode: number | undefined): void;
}

/** How long a program is kept at its end for who has asked for that, in milliseconds. */
const HOLD_LIMIT = 10_000;
/** How often a running program is asked how it is, in milliseconds: half of the shortest turn that counts as too long. */
const POLL_INTERVAL = 50;
/** At most so often the client is told that greenlets have changed, in milliseconds. */
const TELL_INTERVAL = 100;

export class Program {
  readonly greenlets = new Greenlets();
  readonly target: Target;
  readonly stepping: Stepping;
  readonly breakpoints: Breakpoints;
  readonly functions: FunctionBreakpoints;
  readonly data: DataBreakpoints;
  readonly stacks: Stacks;
  readonly variables: Variables;
  readonly stepTargets: StepTargets;
  readonly lints = new FoundLints();
  private readonly exceptions: Exceptions;
  private readonly pauses: Pauses;
  private readonly process: ProgramProcess;
  /** Whether it stands before its first line. */
  private isAtEntry = false;
  /** Whether it waits for its debugger, before it has loaded anything. */
  private isWaiting = false;
  /** Where V8 has paused a program that was joined, a module that is about to run for example, before anybody here could hear of it. */
  private early: Paused | undefined;
  /** Whether it is kept at its end. */
  private isEnding = false;
  private readonly listener: ProgramListener;
  private poll: NodeJS.Timeout | undefined;
  private toldVersion = 0;

  /**
   * Connects to a process. Next it is brought to its entry, or joined where it is.
   *
   * @param url the inspector's address.
   * @param findRuntime finds the folder of the program's runtime.
   * @param processOf makes the process, by which the program is ended.
   */
  static async connect(
    url: string,
    skipFiles: readonly string[],
    listener: ProgramListener,
    findRuntime: (connection: CdpConnection) => Promise<string>,
    processOf: (target: Target) => ProgramProcess,
  ): Promise<Program> {
    let program: Program | undefined;
    let early: Paused | undefined;
    const heard: TargetListener = {
      paused: (paused) => {
        if (program === undefined) early = paused;
        else program.onPaused(paused);
      },
      resumed: () => {
        early = undefined;
      },
      told: (line) => program?.told(line),
      ended: () => program?.onEnded(),
    };
    const target = await Target.attach(url, skipFiles, heard, findRuntime);
    program = new Program(target, processOf(target), listener);
    program.early = early;
    return program;
  }

  private constructor(target: Target, process: ProgramProcess, listener: ProgramListener) {
    this.target = target;
    this.process = process;
    this.listener = listener;
    this.exceptions = new Exceptions(target);
    this.stepping = new Stepping(target, this.exceptions);
    this.stacks = new Stacks(target, this.greenlets);
    this.variables = new Variables(target);
    this.stepTargets = new StepTargets(target, this.greenlets);
    let lastId = 0;
    const nextId = () => ++lastId;
    const onChanged = (each: DebugProtocol.Breakpoint) => listener.breakpointChanged(each);
    this.breakpoints = new Breakpoints(target, nextId, onChanged);
    this.functions = new FunctionBreakpoints(target, nextId, onChanged);
    this.data = new DataBreakpoints(target, nextId);
    this.pauses = new Pauses(target, this.exceptions, this.stepping, this.greenlets, {
      scriptStarts: async (id) => {
        await this.breakpoints.bindScript(id);
        await this.functions.bindScript(id);
      },
      stopped: (stop) => {
        const { breakpoints: names, dataBreakpoint: data } = stop;
        const ids = [...this.breakpoints.idsOf(names), ...this.functions.idsOf(names)];
        listener.stopped(stop, data === undefined ? ids : [data]);
      },
      changed: (started, ended) => listener.greenletsChanged(started, ended),
      ending: () => {
        this.isEnding = true;
        listener.ending();
        setTimeout(() => void this.release().catch(() => {}), HOLD_LIMIT).unref();
      },
    });
  }

  /**
   * Brings a process that waits for its debugger to the pause before its first line, all its static imports loaded.
   *
   * @param path the program, as the client calls it.
   */
  async toEntry(path: string): Promise<void> {
    this.target.scripts.showAs(realPath(path), path);
    await this.target.runToEntry();
    await Promise.race([this.pauses.entered, closed(this.target)]);
    this.isAtEntry = true;
    await this.meet();
  }

  /**
   * Joins a program that somebody else has started.
   *
   * @param isAtEntry it stands before its first line.
   * @param isWaiting it waits even before that, and prints where its parent does.
   */
  async join({ isAtEntry, isWaiting }: { isAtEntry: boolean; isWaiting: boolean }): Promise<void> {
    this.isAtEntry = isAtEntry;
    this.isWaiting = isWaiting;
    this.pauses.hasEntered();
    if (!isWaiting) {
      this.target.onPrint((category, text) => this.listener.output(category, text));
    }
    await this.meet();
    if (this.early !== undefined && !isAtEntry) this.onPaused(this.early);
  }

  /** The stop that the user sees; undefined while the program runs. */
  get stop(): Stop | undefined {
    return this.pauses.current;
  }

  /**
   * The stop that the user sees.
   *
   * @throws {UserError} while the program runs.
   */
  stopped(): Stop {
    const { stop } = this;
    if (stop === undefined) throw new UserError(l10n.t('The program is running; pause it first.'));
    return stop;
  }

  /**
   * Lets the program go from its entry; one that runs already is only watched from now on.
   *
   * @param stopAt the file at whose first line it stops; undefined: it does not.
   */
  async begin(isDebugging: boolean, stopAt: string | undefined): Promise<void> {
    const { connection } = this.target;
    if (!isDebugging) await connection.send('Debugger.setSkipAllPauses', { skip: true });
    else if (stopAt !== undefined) {
      const [entry] = this.target.scripts.of(realPath(stopAt));
      if (entry !== undefined) this.pauses.stopAtEntry(entry.id);
    }
    if (this.isAtEntry) await connection.send('Debugger.resume');
    if (this.isWaiting) await this.target.runToEntry();
    this.watchChanges();
  }

  /**
   * Sets what the program pauses on.
   *
   * @returns what is wrong with conditions.
   */
  async filter(wanted: PauseFilters): Promise<PauseFilters> {
    await this.exceptions.enable(wanted);
    return this.target.ask((bridge, filters) => bridge.filters(filters), wanted);
  }

  /** How a greenlet is called: `NAME #ID`, or `Greenlet #ID` where there is none. */
  labelOf(id: number): string {
    return `${this.greenlets.get(id)?.name ?? 'Greenlet'} #${id}`;
  }

  /** Brings what is known of the greenlets up to date; at a stop it is. */
  async refresh(): Promise<void> {
    const { greenlets, target } = this;
    const { version } = greenlets;
    const snapshot = await target.ask((bridge, since) => bridge.snapshot(since), version);
    const { started, ended } = greenlets.update(snapshot);
    this.listener.greenletsChanged(started, ended);
  }

  /**
   * Goes on to the next pause.
   *
   * @param how lets the program go; by default without a step, or with the one that was interrupted.
   */
  async resume(
    how: (stepping: Stepping) => Promise<void> = (stepping) => stepping.resume(),
  ): Promise<void> {
    this.forget();
    await how(this.stepping);
  }

  /** Steps in a greenlet. */
  async step(...how: Parameters<Stepping['begin']>): Promise<void> {
    this.forget();
    const replaces = await this.stepping.begin(...how);
    if (replaces) {
      this.listener.output(
        'console',
        `${l10n.t('The step in the other greenlet is given up for this one.')}\n`,
      );
    }
  }

  /**
   * Begins a frame's function anew.
   *
   * @throws {UserError} where V8 cannot.
   */
  async restartFrame(frame: NativeFrame): Promise<void> {
    const { info } = this.stopped();
    await this.stepping.restart(frame.callFrame.callFrameId, info);
    this.forget();
  }

  /** Makes the program pause. The stop comes as an event. */
  pause(): void {
    if (this.stop === undefined) this.pauses.request().catch(() => {});
  }

  /** Keeps the program at its end until `release`, so that its last state can be read. */
  async hold(): Promise<void> {
    await this.target.ask((bridge) => bridge.hold(true));
  }

  /** Lets the program go that `hold` keeps, or would keep. */
  async release(): Promise<void> {
    if (this.isEnding) await this.target.goOn('resume');
    else await this.target.ask((bridge) => bridge.hold(false));
  }

  /** Asks the program to end; the debugger lets go of it first, since a paused program hears no signal. */
  terminate(): void {
    if (this.process instanceof Debuggee) this.target.connection.close();
    this.process.terminate();
  }

  /** Settles when the process has ended. */
  get ended(): Promise<unknown> {
    return this.process.ended;
  }

  /** Lets go of the program, which runs on without a debugger. */
  async detach(): Promise<void> {
    clearInterval(this.poll);
    await this.target.ask((bridge) => bridge.leave());
    await this.target.connection.send('Debugger.disable');
    this.target.connection.close();
  }

  /** Meets the runtime in the program. */
  private async meet(): Promise<void> {
    await this.target.findBridge();
    this.process.ended.then((exit) => this.finish(exit));
  }

  private onPaused(paused: Paused): void {
    this.pauses.handle(paused).catch((error) => {
      // A program may end at any moment; then every question fails, and its end is told elsewhere.
      if (!this.target.connection.isOpen) return;
      this.listener.output(
        'console',
        `${l10n.t('The debugger has failed: {0}', messageOf(error))}\n`,
      );
      this.target.goOn('resume').catch(() => {});
    });
  }

  /** The program tells something without pausing. */
  told(line: LogLine | LintLine): void {
    if ('lint' in line) this.onLint(line.lint);
    else this.print(line);
  }

  /** Clients without a list of problems have the line in the console. */
  private onLint(lint: Lint): void {
    const isNew = !this.lints.has(lint.id);
    const told = this.lints.take(lint);
    this.listener.linted(told);
    if (isNew) this.listener.output('console', `${told.message}\n`, told.location ?? undefined);
  }

  private print({ id, text, failed }: LogLine): void {
    const place = this.breakpoints.placeOf(id);
    if (failed) {
      this.listener.output(
        'console',
        `${l10n.t("A breakpoint's condition or message failed: {0}", text)}\n`,
        place,
      );
    } else this.listener.output('stdout', `${text}\n`, place);
  }

  private forget(): void {
    this.pauses.forget();
    this.stacks.forget();
    this.variables.forget();
    this.stepTargets.forget();
  }

  /** Asks for the version of the greenlets' state some times a second: cheaper than a message a switch. */
  private watchChanges(): void {
    let asking = false;
    let toldAt = 0;
    this.poll = setInterval(async () => {
      if (asking || this.pauses.isRequested || !this.target.connection.isOpen) return;
      asking = true;
      try {
        const { version, blocked } = await this.target.ask(
          (bridge, isPaused) => bridge.beat(isPaused),
          this.stop !== undefined,
        );
        if (blocked !== null) await this.pauses.requestAt(blocked);
        if (version !== this.toldVersion && Date.now() - toldAt >= TELL_INTERVAL) {
          this.listener.changed(version);
          this.toldVersion = version;
          toldAt = Date.now();
        }
      } catch {
        // The program has ended.
      }
      asking = false;
    }, POLL_INTERVAL);
    this.poll.unref();
  }

  /** Node stays alive after its program until the debugger has gone. */
  private onEnded(): void {
    this.target.connection.close();
  }

  private finish({ code, signal }: Exit): void {
    clearInterval(this.poll);
    this.target.connection.destroy();
    this.forget();
    this.listener.ended(code ?? (signal === null ? undefined : 128 + constants.signals[signal]));
  }
}

function closed(target: Target): Promise<never> {
  return new Promise((_, reject) => {
    target.connection.onClose(() => reject(new Error('The program has ended.')));
  });
}
