/** Puts the loader in place, in this thread. */

import * as nodeModule from 'node:module';
import { loadSync, resolveSync } from './hooks.ts';
import { PACKAGE } from './package.ts';
import { listedPackages, listPackages, projectFolder } from './project.ts';
import { patchRequire } from './require.ts';

/** Node 22.15 and newer have it; the types are those of Node 20. */
interface Hooking {
  registerHooks?(hooks: { resolve: typeof resolveSync; load: typeof loadSync }): void;
}

/** What the hooks' own thread is told. */
export interface HooksData {
  readonly packages: readonly string[];
}

/**
 * From now on the program's files are transformed as they are loaded.
 *
 * @throws {Error} if the project's package.json says what nobody knows.
 */
export function installLoader(): void {
  process.setSourceMapsEnabled(true);
  const packages = listedPackages(projectFolder(process.argv[1], process.cwd()), process.env);
  listPackages(packages);
  patchRequire();
  const { registerHooks } = nodeModule as Hooking;
  if (registerHooks !== undefined) registerHooks({ resolve: resolveSync, load: loadSync });
  else
    nodeModule.register(new URL('dist/hooks.js', PACKAGE), {
      data: { packages } satisfies HooksData,
    });
}
