/** What a stopped program looks like: `threads`, `stackTrace`, `scopes`, `variables`, `setVariable`, `evaluate`, `exceptionInfo`. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { complete } from '../completions.ts';
import { UserError } from '../errors.ts';
import { evaluate as evaluateIn } from '../evaluate.ts';
import { isAlive, titleOf } from '../greenlets.ts';
import { OUTSIDE } from '../pauses.ts';
import type { Handler } from './handler.ts';

export const threads: Handler = async ({ program, events }) => {
  if (program === undefined || events.hasEnded) return { body: { threads: [] } };
  if (program.stop === undefined) await program.refresh();
  const list = program.greenlets.alive().map((info) => ({ id: info.id, name: titleOf(info) }));
  const threadId = program.stop?.threadId ?? 0;
  const stopped = program.greenlets.get(threadId);
  if (stopped !== undefined && !isAlive(stopped)) {
    list.push({ id: threadId, name: titleOf(stopped) });
  }
  if (threadId === OUTSIDE) {
    list.push({ id: OUTSIDE, name: l10n.t('Code outside any greenlet') });
  }
  return { body: { threads: list } };
};

export const stackTrace: Handler<DebugProtocol.StackTraceArguments> = async (
  context,
  { threadId, startFrame = 0, levels = 0 },
) => {
  const program = context.running();
  const frames = await program.stacks.frames(threadId, program.stopped());
  const end = levels > 0 ? startFrame + levels : frames.length;
  const stackFrames = frames.slice(startFrame, end).map((each) => context.events.place(each));
  return { body: { stackFrames, totalFrames: frames.length } };
};

export const scopes: Handler<DebugProtocol.ScopesArguments> = async (context, { frameId }) => {
  const { stacks, variables } = context.running();
  const record = stacks.record(frameId);
  return { body: { scopes: record === undefined ? [] : await variables.scopes(record) } };
};

export const variables: Handler<DebugProtocol.VariablesArguments> = async (context, args) => ({
  body: { variables: await context.running().variables.children(args) },
});

export const setVariable: Handler<DebugProtocol.SetVariableArguments> = async (context, args) => ({
  body: await context.running().variables.set(args),
});

export const evaluate: Handler<DebugProtocol.EvaluateArguments> = async (
  context,
  { expression, frameId, context: purpose },
) => {
  const { target, variables, stacks } = context.running();
  const record = frameId === undefined ? undefined : stacks.record(frameId);
  if (frameId !== undefined && record === undefined) {
    throw new UserError(l10n.t('There is nothing to evaluate in here: the frame is gone.'));
  }
  const object = await evaluateIn(target, variables, expression, record, purpose === 'hover');
  const { value, ...rest } = variables.variable('', object);
  return { body: { ...rest, result: value } };
};

export const completions: Handler<DebugProtocol.CompletionsArguments> = async (
  context,
  { text, column, line = 1, frameId },
) => {
  const { target, variables, stacks } = context.running();
  const at = context.place(line, column);
  const before = (text.split('\n')[at.line - 1] ?? '').slice(0, (at.column ?? 1) - 1);
  const record = frameId === undefined ? undefined : stacks.record(frameId);
  return { body: { targets: await complete(target, variables, before, record) } };
};

/** Sets what an expression names: a variable of a frame, or a member of an object. */
export const setExpression: Handler<DebugProtocol.SetExpressionArguments> = async (
  context,
  { expression, value, frameId },
) => {
  const { target, variables, stacks } = context.running();
  const record = frameId === undefined ? undefined : stacks.record(frameId);
  if (record?.kind === 'parked' && /^\s*[\w$]+\s*$/.test(expression)) {
    throw new UserError(
      l10n.t(
        '{0} belongs to a parked frame, whose variables can be read but not set.',
        expression.trim(),
      ),
    );
  }
  const object = await evaluateIn(target, variables, `${expression} = (${value})`, record, false);
  return { body: variables.variable('', object) };
};

/** The files that the program has loaded, its own and those of its packages. */
export const loadedSources: Handler = async (context) => ({
  body: { sources: context.running().target.scripts.sources() },
});

export const exceptionInfo: Handler = async (context) => {
  const { error } = context.running().stopped();
  if (error === undefined) throw new UserError(l10n.t('The program has not stopped at an error.'));
  const { id, message, stack, caught } = error;
  const details = { message, typeName: id, ...(stack !== undefined && { stackTrace: stack }) };
  const breakMode = caught ? 'always' : 'unhandled';
  return { body: { exceptionId: id, description: message, breakMode, details } };
};
