/** The report of an uncaught error: what was thrown, through which parked callers it went, and who spawned the greenlet. */

import { Greenlet } from './greenlet.ts';
import { formatPlace } from './sites.ts';
import { isOwnFile, pathOfFrame } from './stack.ts';

/**
 * The text that the default `hub.handleError` prints.
 *
 * @param context the greenlet that failed, or the callback.
 * @param error what was thrown.
 */
export function formatReport(context: unknown, error: unknown): string {
  const lines = [error instanceof Error ? logicalStack(error, context) : String(error)];
  if (context instanceof Greenlet) {
    const { spawningGreenlet, spawningStack } = context;
    if (spawningGreenlet !== undefined) lines.push(`  spawned by ${spawningGreenlet.label}`);
    for (const line of spawningStack) lines.push(`    ${line}`);
    lines.push(`${context.label} failed with ${nameOf(error)}`);
  } else {
    lines.push(`${describe(context)} failed with ${nameOf(error)}`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * An error's stack with the parked callers that it has passed through, and without the runtime's own frames; V8's text where there
 * are none.
 */
export function logicalStack(error: Error, context: unknown): string {
  const text = error.stack ?? String(error);
  const callers = context instanceof Greenlet ? context.callersOf(error) : [];
  if (callers.length === 0) return text;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trimStart().startsWith('at '));
  const head = first < 0 ? lines : lines.slice(0, first);
  const frames = first < 0 ? [] : usersFrames(lines.slice(first));
  return [...head, ...frames, ...callers.map((place) => `    at ${formatPlace(place)}`)].join('\n');
}

/** V8's lines without those of the runtime and of what Node calls it with. */
function usersFrames(lines: readonly string[]): string[] {
  const others = lines.filter((line) => !isOwnFile(pathOfFrame(line) ?? ''));
  const last = others.findLastIndex((line) => !pathOfFrame(line)?.startsWith('node:'));
  return others.slice(0, last + 1);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

function describe(context: unknown): string {
  return typeof context === 'function'
    ? `callback ${context.name || '<anonymous>'}`
    : String(context);
}
