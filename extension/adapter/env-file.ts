/** Environment files: `NAME=value` a line, as Node's own `--env-file` reads them. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import * as l10n from '@vscode/l10n';
import { messageOf, UserError } from './errors.ts';

/**
 * The variables of environment files; a later file's replace an earlier one's.
 *
 * @param files their paths, absolute or from `cwd`.
 * @throws {UserError} if one cannot be read.
 */
export function readEnvFiles(files: readonly string[], cwd: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const file of files) Object.assign(env, parseEnv(read(resolve(cwd, file))));
  return env;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(
      l10n.t('The environment file "envFile" cannot be read: {0}', messageOf(error)),
    );
  }
}
