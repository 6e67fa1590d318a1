/** Why a program has not started. */

import * as l10n from '@vscode/l10n';
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
  if (line !== undefined) {
    return l10n.t('The program could not be started: {0}', line.replace(REASON, '$1: '));
  }
  const how =
    signal === null
      ? l10n.t('The program ended with exit code {0} before its first line.', code ?? 0)
      : l10n.t('The program ended by {0} before its first line.', signal);
  return `${how} ${stderr.trim()}`.trim();
}
