/** The report of an uncaught error: what was thrown, through which parked callers it went, and who spawned the greenlet. */

import { Greenlet } from './greenlet.ts';
import { formatPlace } from './sites.ts';

/**
 * The text that the default `hub.handleError` prints.
 *
 * @param context the greenlet that failed, or the callback.
 * @param error what was thrown.
 */
export function formatReport(context: unknown, error: unknown): string {
  const lines = [error instanceof Error ? (error.stack ?? String(error)) : String(error)];
  if (context instanceof Greenlet) {
    for (const place of context.callersOf(error)) lines.push(`    at ${formatPlace(place)}`);
    const { spawningGreenlet, spawningStack } = context;
    if (spawningGreenlet !== undefined) lines.push(`  spawned by ${spawningGreenlet.label}`);
    for (const line of spawningStack) lines.push(`    ${line}`);
    lines.push(`${context.label} failed with ${nameOf(error)}`);
  } else {
    lines.push(`${describe(context)} failed with ${nameOf(error)}`);
  }
  return `${lines.join('\n')}\n`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

function describe(context: unknown): string {
  return typeof context === 'function'
    ? `callback ${context.name || '<anonymous>'}`
    : String(context);
}
