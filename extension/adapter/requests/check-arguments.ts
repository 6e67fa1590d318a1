/** What the arguments of a request must be. They come from outside, and may be anything. */

import * as l10n from '@vscode/l10n';
import { UserError } from '../errors.ts';

type Kind = 'text' | 'number' | 'object' | 'list';
/** By the argument's name; those whose name ends in `?` may be left out. */
type Shape = Readonly<Record<string, Kind>>;

const THREAD: Shape = { threadId: 'number' };
const FRAME: Shape = { frameId: 'number' };

const SHAPES: Readonly<Record<string, Shape>> = {
  setBreakpoints: { source: 'object', 'breakpoints?': 'list', 'lines?': 'list' },
  setFunctionBreakpoints: { breakpoints: 'list' },
  setDataBreakpoints: { breakpoints: 'list' },
  setExceptionBreakpoints: { filters: 'list', 'filterOptions?': 'list' },
  dataBreakpointInfo: { name: 'text', 'variablesReference?': 'number', 'frameId?': 'number' },
  breakpointLocations: { source: 'object', line: 'number', 'column?': 'number' },
  stackTrace: { ...THREAD, 'startFrame?': 'number', 'levels?': 'number' },
  next: THREAD,
  stepIn: { ...THREAD, 'targetId?': 'number' },
  stepInTargets: FRAME,
  stepOut: THREAD,
  scopes: FRAME,
  restartFrame: FRAME,
  variables: { variablesReference: 'number', 'start?': 'number', 'count?': 'number' },
  setVariable: { variablesReference: 'number', name: 'text', value: 'text' },
  evaluate: { expression: 'text', 'frameId?': 'number' },
  setExpression: { expression: 'text', value: 'text', 'frameId?': 'number' },
  completions: { text: 'text', column: 'number', 'line?': 'number', 'frameId?': 'number' },
  'greenlet/yieldPoints': { path: 'text' },
  terminateThreads: { 'threadIds?': 'list' },
};

/**
 * Checks the arguments of a request.
 *
 * @throws {UserError} which of them is wrong, and what it must be.
 */
export function checkArguments(command: string, args: Readonly<Record<string, unknown>>): void {
  for (const [key, kind] of Object.entries(SHAPES[command] ?? {})) {
    const name = key.replace('?', '');
    const value = args[name] ?? undefined;
    if (value === undefined && key !== name) continue;
    if (!isOf(kind, value)) {
      const given =
        value === undefined ? l10n.t('nothing') : (JSON.stringify(value) ?? typeof value);
      throw new UserError(
        l10n.t(
          '"{0}" of the request {1} must be {2}, not {3}.',
          name,
          command,
          wordFor(kind),
          given,
        ),
      );
    }
  }
}

function wordFor(kind: Kind): string {
  if (kind === 'text') return l10n.t('a text');
  if (kind === 'number') return l10n.t('a number');
  return kind === 'object' ? l10n.t('an object') : l10n.t('a list');
}

function isOf(kind: Kind, value: unknown): boolean {
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'text') return typeof value === 'string';
  return typeof value === kind && value !== null;
}
