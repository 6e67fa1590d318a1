/** How a stopped program goes on: `continue`, `next`, `stepIn`, `stepOut` and ways of our own; and `pause`. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { inUsersLanguage } from '../../model/runtime-text.ts';
import { UserError } from '../errors.ts';
import { isAlive, titleOf } from '../greenlets.ts';
import { OUTSIDE } from '../pauses.ts';
import type { Program } from '../program.ts';
import type { StepTarget } from '../step-targets.ts';
import type { StepKind, Stepping } from '../stepping.ts';
import { type Given, idIn } from './given.ts';
import type { Answer, Context, Handler } from './handler.ts';

/** `continue` is a word of the language. With `singleThread` only that greenlet goes on, until it blocks. */
export const continueAll: Handler<Thread> = async (context, { threadId, singleThread }) => {
  const program = context.running();
  program.stopped();
  if (singleThread) await checkRunnable(program, threadId);
  return {
    body: { allThreadsContinued: !singleThread },
    afterwards: () =>
      context.goOn(
        program.resume(singleThread ? (stepping) => stepping.runAlone(threadId) : undefined),
      ),
  };
};

export const next: Handler<Thread> = async (context, args) => step(context, 'over', args);
export const stepIn: Handler<Thread & { targetId?: number }> = async (context, args) => {
  const { targetId } = args;
  if (targetId === undefined) return step(context, 'into', args);
  const target = context.running().stepTargets.get(targetId);
  if (target === undefined) {
    throw new UserError(l10n.t('There is no such target to step into: the program has gone on.'));
  }
  return step(context, 'into', args, target);
};
export const stepOut: Handler<Thread> = async (context, args) => step(context, 'out', args);

/** What a step into can lead to. */
export const stepInTargets: Handler<DebugProtocol.StepInTargetsArguments> = async (
  context,
  { frameId },
) => {
  const program = context.running();
  const stop = program.stopped();
  const record = program.stacks.record(frameId);
  if (record?.kind !== 'native') return { body: { targets: [] } };
  const isRunning = record.frame === stop.native[0] && !stop.info.event?.atYield;
  const targets = await program.stepTargets.at(record.frame, isRunning);
  return { body: { targets: targets.map((each) => context.events.place(each)) } };
};

/** To the next yield of whichever greenlet, whatever the filters say. */
export const greenletNextSwitch: Handler = async (context) =>
  goOn(context, (stepping) => stepping.untilYield());

/** Only this greenlet goes on, until it blocks or ends. */
export const greenletRunAlone: Handler<Given> = async (context, args) => {
  const id = idIn(args, 'greenlet/runAlone');
  await checkRunnable(context.running(), id);
  return goOn(context, (stepping) => stepping.runAlone(id));
};

/** To where this greenlet runs again. */
export const greenletUntilRuns: Handler<Given> = async (context, args) => {
  const id = idIn(args, 'greenlet/untilRuns');
  const program = context.running();
  const info = program.greenlets.get(id);
  if (info === undefined || !isAlive(info)) {
    throw new UserError(l10n.t('{0} has ended, or was never there.', program.labelOf(id)));
  }
  if (info.frozen)
    throw new UserError(l10n.t('{0} is frozen; thaw it first.', program.labelOf(id)));
  return goOn(context, (stepping) => stepping.untilRuns(id));
};

export const restartFrame: Handler<DebugProtocol.RestartFrameArguments> = async (
  context,
  { frameId },
) => {
  const program = context.running();
  const record = program.stacks.record(frameId);
  if (record?.kind !== 'native' || !record.frame.callFrame.canBeRestarted) {
    throw new UserError(
      l10n.t(
        'This frame cannot be restarted: V8 restarts plain functions only, and none that may switch or that waits for one.',
      ),
    );
  }
  await program.restartFrame(record.frame);
};

export const pause: Handler = async (context) => context.running().pause();

interface Thread {
  threadId: number;
  singleThread?: boolean;
}

function step(
  context: Context,
  kind: StepKind,
  { threadId, singleThread = false }: Thread,
  target?: StepTarget,
): Answer {
  const program = context.running();
  const stop = program.stopped();
  const isKnown = threadId === OUTSIDE || threadId === stop.info.current;
  const info = program.greenlets.get(threadId);
  if (!isKnown && info?.location == null && !stop.outer.has(threadId)) {
    const title = info === undefined ? `Greenlet #${threadId}` : titleOf(info);
    throw new UserError(
      l10n.t('{0} has no line to step from: it has not begun, or has ended.', title),
    );
  }
  return {
    afterwards: () => {
      context.send('continued', { threadId, allThreadsContinued: !singleThread });
      context.goOn(program.step(kind, stop, threadId, singleThread, target));
    },
  };
}

/** Lets a stopped program go, for a request that is none of DAP's. */
function goOn(context: Context, how: (stepping: Stepping) => Promise<void>): Answer {
  const program = context.running();
  const { threadId } = program.stopped();
  return {
    body: {},
    afterwards: () => {
      context.send('continued', { threadId, allThreadsContinued: true });
      context.goOn(program.resume(how));
    },
  };
}

async function checkRunnable(program: Program, id: number): Promise<void> {
  program.stopped();
  const problem = await program.target.ask((bridge, each) => bridge.cannotRun(each), id);
  if (problem !== null) throw new UserError(`${program.labelOf(id)} ${inUsersLanguage(problem)}.`);
}
