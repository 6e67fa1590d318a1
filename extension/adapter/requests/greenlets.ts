/** The custom requests `greenlet/…`: what the views ask for; and `terminateThreads`, which kills greenlets. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import type {
  ExportedTrace,
  GreenletStack,
  HistoryArguments,
  Snapshot,
  Stacks,
  TraceFormat,
} from '../../../runtime/src/protocol/snapshot.ts';
import { inUsersLanguage } from '../../model/runtime-text.ts';
import { realPath } from '../breakpoints.ts';
import { UserError } from '../errors.ts';
import type { Program } from '../program.ts';
import { count, type Given, idIn, ids, text } from './given.ts';
import type { Context, Handler } from './handler.ts';

export const greenletSnapshot: Handler<Given> = async (context, args) => ({
  body: await snapshot(context.running(), count(args, 'since')),
});

export const greenletHistory: Handler<Given> = async (context, args) => {
  const wanted: HistoryArguments = {
    since: count(args, 'since'),
    before: count(args, 'before'),
    limit: count(args, 'limit'),
    greenlet: count(args, 'greenlet'),
    reason: text(args, 'reason'),
    marks: count(args, 'marks'),
  };
  const { target } = context.running();
  return { body: await target.ask((bridge, each) => bridge.history(each), wanted) };
};

/** The calls of a file that have given way. */
export const greenletYieldPoints: Handler<{ path: string }> = async (context, { path }) => {
  const { target } = context.running();
  const wanted = realPath(context.path(path));
  return { body: await target.ask((bridge, each) => bridge.yieldPoints(each), wanted) };
};

/** Where greenlets stand and where they were spawned, also while the program runs. */
export const greenletStacks: Handler<Given> = async (context, args) => {
  const { stop, target } = context.running();
  const wanted = ids(args);
  const answers = await target.ask((bridge, list) => list.map((id) => bridge.stack(id)), wanted);
  const stacks = answers.map(({ frames, spawned }, i): GreenletStack => {
    const id = wanted[i] as number;
    // Those of the running greenlet are on V8's stack.
    const native = stop?.info.current === id ? stop.native : (stop?.outer.get(id) ?? []);
    const running = native.map(({ place, name }) => ({ ...place, function: name }));
    const parked = frames.map(({ index, ...place }) => place);
    return { id, frames: [...running, ...parked], spawned };
  });
  return { body: { stacks } satisfies Stacks };
};

/** Makes the editor look at a greenlet's stack: it looks at what stops. */
export const greenletFocus: Handler<Given> = async (context, args) => {
  const id = idIn(args, 'greenlet/focus');
  const program = context.running();
  const stop = program.stopped();
  const frames = await program.stacks.frames(id, stop);
  if (frames.length === 0) throw new UserError(l10n.t('{0} has no stack.', program.labelOf(id)));
  const { reason, description } =
    id === stop.threadId ? stop : { reason: 'pause', description: 'Paused' };
  return {
    body: {},
    afterwards: () =>
      context.send('stopped', {
        reason,
        description,
        threadId: id,
        allThreadsStopped: true,
        isFocus: true,
      }),
  };
};

/** Keeps the program at its end until `greenlet/release`; the event `greenlet/ending` says that it is there. */
export const greenletHold: Handler = async (context) => {
  await context.running().hold();
  return { body: {} };
};

export const greenletRelease: Handler = async (context) => {
  await context.running().release();
  return { body: {} };
};

export const greenletTrace: Handler<Given> = async (context, args) => {
  const wanted = {
    since: count(args, 'since'),
    count: count(args, 'count'),
    marks: count(args, 'marks'),
  };
  const { target } = context.running();
  return { body: await target.ask((bridge, each) => bridge.trace(each), wanted) };
};

export const greenletKill: Handler<Given> = async (context, args) => {
  await kill(context.running(), idIn(args, 'greenlet/kill'));
  return { body: {} };
};

export const greenletFreeze: Handler<Given> = async (context, args) => {
  await freeze(context, idIn(args, 'greenlet/freeze'), true);
  return { body: {} };
};

export const greenletThaw: Handler<Given> = async (context, args) => {
  await freeze(context, idIn(args, 'greenlet/thaw'), false);
  return { body: {} };
};

export const greenletRunNext: Handler<Given> = async (context, args) => {
  const id = idIn(args, 'greenlet/runNext');
  const program = context.running();
  const problem = await program.target.ask((bridge, each) => bridge.runNext(each), id);
  if (problem !== null) throw new UserError(`${program.labelOf(id)} ${inUsersLanguage(problem)}.`);
  return { body: {} };
};

/** The greenlets that are ready, in the order in which they will run. */
export const greenletSchedule: Handler = async (context) => {
  const ready = await context.running().target.ask((bridge) => bridge.schedule());
  return { body: { ready } };
};

export const greenletWaitGraph: Handler = async (context) => ({
  body: await context.running().target.ask((bridge) => bridge.waitGraph()),
});

/** What was found, also after the program's end. */
export const greenletLints: Handler<Given> = async ({ program }, args) => ({
  body: program?.lints.read(count(args, 'since')) ?? { version: 0, lints: [] },
});

export const greenletExportTrace: Handler<Given> = async (context, { format = 'json' }) => {
  if (!isTraceFormat(format)) {
    throw new UserError(l10n.t('"format" must be json, chrome or csv, not {0}.', String(format)));
  }
  const { target } = context.running();
  const content = await target.ask((bridge, each) => bridge.exportTrace(each), format);
  return { body: { format, content } satisfies ExportedTrace };
};

export const terminateThreads: Handler<DebugProtocol.TerminateThreadsArguments> = async (
  context,
  { threadIds = [] },
) => {
  for (const id of threadIds) await kill(context.running(), id);
};

/** Answered from what the adapter knows, once that is brought up to date: of many greenlets few change from stop to stop. */
async function snapshot(program: Program, since: number | undefined): Promise<Snapshot> {
  await program.refresh();
  const { stop, greenlets } = program;
  const now = greenlets.snapshot(since);
  const answer = stop === undefined ? now : { ...now, time: stop.info.snapshot.time };
  const top = stop?.native[0];
  const running = stop === undefined ? undefined : greenlets.get(stop.info.current);
  if (top?.place === undefined || running === undefined) return answer;
  // Only the adapter knows where the running greenlet stands: that changes with every stop, the version does not.
  const placed = { ...running, location: { ...top.place, function: top.name } };
  const others = answer.greenlets.filter((each) => each.id !== placed.id);
  return { ...answer, greenlets: [...others, placed].sort((a, b) => a.id - b.id) };
}

async function kill(program: Program, id: number): Promise<void> {
  const found = await program.target.ask((bridge, each) => bridge.kill(each), id);
  if (!found) throw new UserError(l10n.t('There is no greenlet #{0} that has not ended.', id));
}

async function freeze(context: Context, id: number, on: boolean): Promise<void> {
  const program = context.running();
  const { target } = program;
  const problem = await target.ask((bridge, each, how) => bridge.freeze(each, how), id, on);
  if (problem !== null) throw new UserError(`${program.labelOf(id)} ${inUsersLanguage(problem)}.`);
  if (program.stop !== undefined) {
    await program.refresh();
    context.send('invalidated', { areas: ['threads'] });
  }
}

function isTraceFormat(value: unknown): value is TraceFormat {
  return value === 'json' || value === 'chrome' || value === 'csv';
}
