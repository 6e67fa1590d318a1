/** Why a program has not started. */

import type { Exit } from './process.ts';

/** How Node begins the line with an error's message; `SyntaxError [Error]` where the name was changed after the error was made. */
const REASON = /^\s*\[?(?:Uncaught )?(\w*Error)(?: \[\w+\])?: /;

/**
 * Why a program has ended before its first line, in one sentence or two.
 *
 * @param stderr what it has printed there.
 */
export function failureText(stderr: string, { code, signal }: Exit): string {
  const line = stderr.split('\n').find((each) => REASON.test(each));
  if (line !== undefined)
    return `The program could not be started: ${line.replace(REASON, '$1: ')}`;
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const text = stderr.trim();
  return `The program ended ${how} before its first line.${text === '' ? '' : ` ${text}`}`;
}
