/** Where and at what the program pauses: `setBreakpoints`, `breakpointLocations`, `setExceptionBreakpoints`. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { UserError } from '../errors.ts';
import { chosenFilters, filterBreakpoints } from '../filters.ts';
import type { Context, Handler } from './handler.ts';

export const setBreakpoints: Handler<DebugProtocol.SetBreakpointsArguments> = async (
  context,
  { source, breakpoints = [], lines = [] },
) => {
  if (source.path === undefined)
    throw new UserError(l10n.t('Breakpoints need a file with a path.'));
  const wanted: DebugProtocol.SourceBreakpoint[] =
    breakpoints.length > 0 ? breakpoints : lines.map((line) => ({ line }));
  const set = await context.running().breakpoints.set(
    context.path(source.path),
    wanted.map(({ line, column, condition, hitCondition, logMessage }) => ({
      ...context.place(line, column),
      condition: condition || undefined,
      hitCondition: hitCondition || undefined,
      logMessage: logMessage || undefined,
    })),
  );
  return { body: { breakpoints: set.map((each) => context.events.place(each)) } };
};

export const setFunctionBreakpoints: Handler<
  DebugProtocol.SetFunctionBreakpointsArguments
> = async (context, { breakpoints }) => {
  const wanted = breakpoints.map(({ name, condition, hitCondition }) => ({
    name,
    condition: condition || undefined,
    hitCondition: hitCondition || undefined,
  }));
  return { body: { breakpoints: await context.running().functions.set(wanted) } };
};

export const breakpointLocations: Handler<DebugProtocol.BreakpointLocationsArguments> = async (
  context,
  args,
) => {
  const { source, line, column, endLine = line, endColumn } = args;
  const from = context.place(line, column);
  const to = context.place(endLine, endColumn);
  const path = context.path(source.path ?? '');
  const possible = await context.running().breakpoints.possible(path, from.line, to.line);
  const breakpoints = possible
    .filter((each) => each.line > from.line || each.column >= (from.column ?? 1))
    .filter((each) => each.line < to.line || each.column <= (to.column ?? Infinity))
    .map(({ line, column }) => context.events.place({ line, column }));
  return { body: { breakpoints } };
};

export const setExceptionBreakpoints: Handler<
  DebugProtocol.SetExceptionBreakpointsArguments
> = async (context: Context, args) => {
  context.filters = chosenFilters(args);
  const { isDebugging, program, filters } = context;
  const problems = isDebugging ? await program?.filter(filters) : undefined;
  return { body: { breakpoints: filterBreakpoints(args, problems ?? {}) } };
};
