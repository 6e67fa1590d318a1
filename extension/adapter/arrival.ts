/** What V8 evaluates at a breakpoint that wants more than a place: a condition, a hit count, a message. */

import * as l10n from '@vscode/l10n';
import { BRIDGE } from '../../runtime/src/protocol/snapshot.ts';
import type { ExceptionDetails } from '../cdp/types.ts';
import { UserError } from './errors.ts';
import { readHitCount } from './hit-count.ts';
import { readLogMessage } from './log-message.ts';
import type { Target } from './target.ts';

/** What a breakpoint may want besides its place. */
export interface Wishes {
  condition?: string | undefined;
  hitCondition?: string | undefined;
  logMessage?: string | undefined;
}

/**
 * Tells the program what a breakpoint wants.
 *
 * @param id the breakpoint's number.
 * @returns the expression for V8; undefined: the breakpoint wants nothing, and always pauses.
 * @throws {UserError} what of it cannot be read.
 */
export async function arrivalExpression(
  target: Target,
  id: number,
  { condition, hitCondition, logMessage }: Wishes,
): Promise<string | undefined> {
  if (condition === undefined && hitCondition === undefined && logMessage === undefined) {
    return undefined;
  }
  const hitCount = hitCondition === undefined ? null : readHitCount(hitCondition);
  const message = logMessage === undefined ? null : readLogMessage(logMessage);
  const expressions = (message ?? []).filter((_, i) => i % 2 === 1);
  if (condition !== undefined) await check(target, condition, 'condition');
  for (const each of expressions) await check(target, each, `expression {${each}}`);
  await target.ask((bridge, ...args) => bridge.expect(...args), id, { hitCount, message });
  return expressionOf(id, condition, expressions);
}

/**
 * The runtime decides, and gets the user's expressions as functions that see the frame's variables. The running greenlet is called
 * `greenlet` in them, where the program has no variable of that name.
 */
function expressionOf(
  id: number,
  condition: string | undefined,
  expressions: readonly string[],
): string {
  const arrive = (name: string) => {
    const test = condition === undefined ? 'null' : `(${name}) => (${condition}\n)`;
    const values = expressions.map((each) => `(${each}\n)`).join();
    const bridge = `globalThis[Symbol.for(${JSON.stringify(BRIDGE)})]`;
    return `${bridge}.arrive(${id}, ${test}, (${name}) => [${values}])`;
  };
  const isNamed = [condition, ...expressions].some((each) => /\bgreenlet\b/.test(each ?? ''));
  if (!isNamed) return arrive('');
  return `typeof greenlet === 'undefined' ? ${arrive('greenlet')} : ${arrive('')}`;
}

/** @throws {UserError} if V8 cannot read the text as an expression. */
async function check(target: Target, text: string, what: string): Promise<void> {
  const { exceptionDetails } = await target.connection.send<{
    exceptionDetails?: ExceptionDetails;
  }>('Runtime.compileScript', { expression: `(${text}\n)`, sourceURL: '', persistScript: false });
  if (exceptionDetails === undefined) return;
  const reason = exceptionDetails.exception?.description ?? exceptionDetails.text;
  throw new UserError(l10n.t('The {0} cannot be read: {1}', what, reason));
}
