/** The loader's hooks, for a Node that runs them in a thread of their own. */

import type { HooksData } from './loader/install.ts';
import { listPackages } from './loader/project.ts';

export { load, resolve } from './loader/hooks.ts';

/** Node's hook `initialize`. */
export function initialize({ packages }: HooksData): void {
  listPackages(packages);
}
