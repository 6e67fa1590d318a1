/** The messages of log points: text with expressions in braces, `job {job.id} of {jobs.length}`. */

import * as l10n from '@vscode/l10n';
import { UserError } from './errors.ts';

/** A message in parts that alternate: text, expression, text, … text. */
export type MessageParts = readonly string[];

/**
 * Takes a message apart. Braces inside of an expression are counted; `\{` is a brace of the text.
 *
 * @throws {UserError} if a brace is never closed.
 */
export function readLogMessage(message: string): MessageParts {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < message.length; i++) {
    const char = message[i] as string;
    const isEscape = depth === 0 && char === '\\' && /[{}]/.test(message[i + 1] ?? '');
    if (isEscape) append(parts, message[++i] as string);
    else if (char === '{' && depth++ === 0) parts.push('');
    else if (char === '}' && depth > 0 && --depth === 0) parts.push('');
    else append(parts, char);
  }
  if (depth > 0)
    throw new UserError(l10n.t('The log message has a brace that is not closed: {0}', message));
  return parts;
}

function append(parts: string[], text: string): void {
  parts[parts.length - 1] += text;
}
