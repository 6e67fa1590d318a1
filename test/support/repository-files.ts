/** What the repository holds. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from './fixture.ts';

/** All files that are not ignored, new ones too, by their paths in the repository. */
export function repositoryFiles(): string[] {
  const root = repositoryPath('.');
  const options = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = execFileSync('git', options, { cwd: root, encoding: 'utf8' }).split('\0');
  return listed.filter((file) => file !== '' && existsSync(join(root, file)));
}
