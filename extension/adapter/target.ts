/** The debuggee as the adapter sees it: its inspector, its scripts, and the runtime's bridge in it. */

import * as l10n from '@vscode/l10n';
import {
  type Bridge,
  type LogLine,
  type StopInfo,
  TELL,
} from '../../runtime/src/protocol/bridge.ts';
import { isHelper } from '../../runtime/src/protocol/helpers.ts';
import type { LintLine } from '../../runtime/src/protocol/lints.ts';
import { BRIDGE } from '../../runtime/src/protocol/snapshot.ts';
import { CdpConnection } from '../cdp/connection.ts';
import { askRemote, callRemote, evaluateRemote, type Handle } from '../cdp/remote.ts';
import type { CdpLocation, Paused, RemoteObject, ScriptParsed } from '../cdp/types.ts';
import { checkVersion } from './attach.ts';
import { UserError } from './errors.ts';
import { Scripts } from './scripts.ts';
import { skipper } from './skip.ts';
import { valueText } from './values.ts';

export interface TargetListener {
  paused(paused: Paused): void;
  /** The program goes on after a pause. */
  resumed(): void;
  /** The program tells something without pausing. */
  told(line: LogLine | LintLine): void;
  /** The program has ended, and its process waits for the debugger to go. */
  ended(): void;
}

export class Target {
  readonly connection: CdpConnection;
  readonly scripts: Scripts;
  /** The URL of the file with the runtime's own pause. */
  readonly pauseUrl: string;
  private readonly sources = new Map<string, Promise<string>>();
  private readonly runtimeUrl: string;
  private bridgeHandle: Handle<Bridge> | undefined;
  /** Whether the program's clock stands. */
  private clockStands = false;
  /** Whether V8 makes one of its steps. */
  private steps = false;

  /**
   * Attaches to a debuggee.
   *
   * @param url the inspector's address.
   * @param skipFiles glob patterns of files whose frames are hidden and never stopped in.
   * @param join finds the folder of the program's runtime (a URL with a slash at its end); V8 tells of scripts already.
   */
  static async attach(
    url: string,
    skipFiles: readonly string[],
    listener: TargetListener,
    join: (connection: CdpConnection) => Promise<string>,
  ): Promise<Target> {
    const connection = await CdpConnection.connect(url);
    let target: Target | undefined;
    const early: ScriptParsed[] = [];
    connection.on<ScriptParsed>('Debugger.scriptParsed', (parsed) => {
      if (target === undefined) early.push(parsed);
      else target.scripts.add(parsed);
    });
    connection.on<Paused>('Debugger.paused', (paused) => {
      if (target !== undefined) target.steps = false;
      listener.paused(paused);
    });
    connection.on('Debugger.resumed', () => listener.resumed());
    connection.on<{ name: string; payload: string }>('Runtime.bindingCalled', (called) => {
      if (called.name === TELL) listener.told(JSON.parse(called.payload));
    });
    // Not in the contexts that the program may make: its own one is the first.
    const context = new Promise<number>((resolve) => {
      connection.on<{ context: { id: number } }>('Runtime.executionContextCreated', (created) =>
        resolve(created.context.id),
      );
    });
    connection.on('NodeRuntime.waitingForDisconnect', () => listener.ended());
    try {
      await Promise.all([
        connection.send('Runtime.enable'),
        context.then((executionContextId) =>
          connection.send('Runtime.addBinding', { name: TELL, executionContextId }),
        ),
        connection.send('Debugger.enable'),
        connection.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
        connection.send('Debugger.setInstrumentationBreakpoint', {
          instrumentation: 'beforeScriptWithSourceMapExecution',
        }),
      ]);
      const runtimeUrl = await join(connection);
      target = new Target(connection, runtimeUrl, skipFiles);
      for (const each of early) target.scripts.add(each);
      await connection.send('Debugger.setBlackboxPatterns', {
        patterns: [`^${quoted(runtimeUrl)}(?!pause\\.cjs$)`, ...skipper(skipFiles).patterns],
      });
    } catch (error) {
      connection.close();
      throw error;
    }
    return target;
  }

  private constructor(connection: CdpConnection, runtimeUrl: string, skipFiles: readonly string[]) {
    const { skips } = skipper(skipFiles);
    this.connection = connection;
    this.runtimeUrl = runtimeUrl;
    this.pauseUrl = `${runtimeUrl}pause.cjs`;
    this.scripts = new Scripts((each) => each.startsWith(runtimeUrl) || skips(each));
  }

  /** Whether a script is the runtime's own. */
  isRuntime(scriptId: string): boolean {
    return this.scripts.get(scriptId)?.url.startsWith(this.runtimeUrl) ?? false;
  }

  /** The text of a script as V8 has it. */
  source(scriptId: string): Promise<string> {
    let source = this.sources.get(scriptId);
    if (source === undefined) {
      source = this.connection
        .send<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId })
        .then((answer) => answer.scriptSource);
      this.sources.set(scriptId, source);
    }
    return source;
  }

  /**
   * Whether the statement at a place was added by the transform: it begins with one of its names. A name of its inside a statement
   * is part of the user's: V8 stops at the function of `const f = $f1(function …)`, for example.
   */
  async isAddedCode({ scriptId, lineNumber, columnNumber = 0 }: CdpLocation): Promise<boolean> {
    if (this.scripts.get(scriptId)?.path === undefined) return false;
    const lines = (await this.source(scriptId)).split('\n');
    const line = lines[lineNumber] ?? '';
    // V8 may also stop at the call in `$i.fail($e)`.
    const members = /(?:[\w$]+\.)*$/.exec(line.slice(0, columnNumber))?.[0] ?? '';
    const start = columnNumber - members.length;
    const [, head] = /^switch\(([\w$]+)\)/.exec(line.slice(start)) ?? [];
    if (head !== undefined && isHelper(head)) return true;
    const [text, returns, name] = /^(return )?([\w$]+)/.exec(line.slice(start)) ?? ([] as const);
    if (text === undefined || name === undefined) return false;
    if (returns !== undefined) return name === '$ordinary';
    return isHelper(name) && /(?:^|[;{}])\s*$/.test(line.slice(0, start));
  }

  /**
   * The first place where the program can stop in code of its own; undefined where the transform has added all of it.
   *
   * @param start in a function; only that one is looked through, not those in it.
   * @param end where to stop looking; undefined: at the function's end.
   */
  async firstOwnPlace(start: CdpLocation, end?: CdpLocation): Promise<CdpLocation | undefined> {
    const { locations } = await this.connection.send<{ locations: CdpLocation[] }>(
      'Debugger.getPossibleBreakpoints',
      { start, ...(end !== undefined && { end }), restrictToFunction: true },
    );
    for (const location of locations) {
      if (this.scripts.place(location) === undefined) continue;
      if (!(await this.isAddedCode(location))) return location;
    }
    return undefined;
  }

  /**
   * Takes breakpoints back.
   *
   * @param ids our numbers of them.
   * @param names V8's names of them.
   */
  async removeBreakpoints(ids: readonly number[], names: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.ask((bridge, each) => bridge.forget(each), ids);
    for (const breakpointId of names) {
      await this.connection.send('Debugger.removeBreakpoint', { breakpointId });
    }
  }

  /** Hears what the program prints by `console`, from now on: for one whose output goes elsewhere. */
  onPrint(print: (category: 'stdout' | 'stderr', text: string) => void): void {
    this.connection.on<{ type: string; args: RemoteObject[] }>(
      'Runtime.consoleAPICalled',
      ({ type, args }) => {
        const category = type === 'error' || type === 'warning' ? 'stderr' : 'stdout';
        const texts = args.map((each) =>
          each.type === 'string' ? String(each.value) : valueText(each),
        );
        print(category, `${texts.join(' ')}\n`);
      },
    );
  }

  /** Lets the debuggee go from where Node waits for a debugger to the program's entry, where it pauses. */
  async runToEntry(): Promise<void> {
    await this.connection.send('Runtime.runIfWaitingForDebugger');
  }

  /**
   * Finds the runtime's bridge. Call it at the entry pause.
   *
   * @throws {UserError} if there is none, or if it speaks another version.
   */
  async findBridge(): Promise<void> {
    // Keep this free of names from outside: it runs in the debuggee.
    const object = await evaluateRemote(this.connection, () =>
      Reflect.get(globalThis, Symbol.for('greenlets.bridge')),
    );
    if (object.objectId === undefined) {
      throw new UserError(
        l10n.t('The program runs without the greenlets runtime, so it cannot be debugged as one.'),
      );
    }
    const handle: Handle<Bridge> = { objectId: object.objectId };
    checkVersion(await callRemote(this.connection, handle, (bridge) => bridge.protocol));
    this.bridgeHandle = handle;
    await this.ask((bridge) => bridge.listen());
  }

  /**
   * The bridge, for questions about objects of the paused program's. They may not come while V8 makes a step, which would end in them.
   *
   * @throws {UserError} before the program has started, and if it has gone on meanwhile.
   */
  get bridge(): Handle<Bridge> {
    if (this.bridgeHandle === undefined) throw notStarted();
    if (this.steps) throw new UserError(l10n.t('The program is running; pause it first.'));
    return this.bridgeHandle;
  }

  /** Asks what there is to know of a stop; the program's clock stands from here on. */
  stop(since: number | undefined): Promise<StopInfo> {
    this.clockStands = true;
    return this.ask((bridge, version) => bridge.stop(version), since);
  }

  /**
   * Lets the paused program go on.
   *
   * @param how a command of V8's debugger, `resume` or one of its steps.
   * @throws {CdpError} what V8 answers.
   */
  async goOn(how: string, params?: object): Promise<void> {
    if (this.clockStands) {
      this.clockStands = false;
      // Not awaited: V8 takes the two in their order.
      this.ask((bridge) => bridge.goOn()).catch(() => {});
    }
    this.steps = how !== 'resume';
    await this.connection.send(`Debugger.${how}`, params);
  }

  /** Whether V8 makes one of its steps: code that is run for the user then must leave it alone. */
  get isStepping(): boolean {
    return this.steps;
  }

  /** Asks the bridge, which pauses nothing meanwhile; the result comes over as plain data. */
  ask<A extends unknown[], R>(fn: (bridge: Bridge, ...args: A) => R, ...args: A): Promise<R> {
    if (this.bridgeHandle === undefined) throw notStarted();
    return askRemote(this.connection, BRIDGE, fn, ...args);
  }

  /** Makes the runtime pause the program. The answer comes when it goes on. */
  async pause(): Promise<void> {
    if (this.bridgeHandle === undefined) throw notStarted();
    await callRemote(this.connection, this.bridgeHandle, (bridge) => bridge.pause());
  }
}

function notStarted(): UserError {
  return new UserError(l10n.t('The program has not started yet.'));
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
