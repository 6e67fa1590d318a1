/** How a stopped program goes on: `continue`, `next`, `stepIn`, `stepOut`; and `pause`. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import { UserError } from '../errors.ts';
import { titleOf } from '../greenlets.ts';
import { OUTSIDE } from '../pauses.ts';
import type { StepKind } from '../stepping.ts';
import type { Answer, Context, Handler } from './handler.ts';

/** `continue` is a word of the language. */
export const continueAll: Handler = async (context) => {
  const program = context.running();
  program.stopped();
  return {
    body: { allThreadsContinued: true },
    afterwards: () => context.goOn(program.resume()),
  };
};

export const next: Handler<Thread> = async (context, args) => step(context, 'over', args);
export const stepIn: Handler<Thread> = async (context, args) => step(context, 'into', args);
export const stepOut: Handler<Thread> = async (context, args) => step(context, 'out', args);

export const restartFrame: Handler<DebugProtocol.RestartFrameArguments> = async (
  context,
  { frameId },
) => {
  const program = context.running();
  const record = program.stacks.record(frameId);
  if (record?.kind !== 'native' || !record.frame.callFrame.canBeRestarted) {
    throw new UserError(
      'This frame cannot be restarted: V8 restarts plain functions only, and none that may switch or that waits for one.',
    );
  }
  await program.restartFrame(record.frame);
};

export const pause: Handler = async (context) => context.running().pause();

interface Thread {
  threadId: number;
}

function step(context: Context, kind: StepKind, { threadId }: Thread): Answer {
  const program = context.running();
  const stop = program.stopped();
  const isKnown = threadId === OUTSIDE || threadId === stop.info.current;
  const info = program.greenlets.get(threadId);
  if (!isKnown && info?.location == null && !stop.outer.has(threadId)) {
    const title = info === undefined ? `Greenlet #${threadId}` : titleOf(info);
    throw new UserError(`${title} has no line to step from: it has not begun, or has ended.`);
  }
  return {
    afterwards: () => {
      context.send('continued', { threadId, allThreadsContinued: true });
      context.goOn(program.step(kind, stop, threadId));
    },
  };
}
