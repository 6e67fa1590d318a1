/** A file of the program, on its way into a module. */

import { PACKAGE } from './package.ts';
import type { PackageType } from './package-type.ts';

/** With all that decides what becomes of it. */
export interface OwnFile {
  readonly url: string;
  readonly filename: string;
  readonly code: string;
  /** The `type` of its package. */
  readonly type: PackageType | undefined;
  /** Whether the program starts with it. */
  readonly entry: boolean;
}

/** In place of a module's text: the file is CommonJS, and Node loads it as it is. */
export const COMMONJS = 'commonjs';

/** Whether a file goes through the transform: it is code, and the program's own. */
export function isOwnCode(url: string): boolean {
  if (!isProgramCode(url)) return false;
  const { pathname } = new URL(url);
  return /\.[cm]?[jt]s$/.test(pathname) && !pathname.endsWith('.d.ts');
}

/** Whether a file belongs to the program: not to Node, to a package, or to this package. */
export function isProgramCode(url: string): boolean {
  if (!url.startsWith('file:') || url.startsWith(PACKAGE.href)) return false;
  return !new URL(url).pathname.includes('/node_modules/');
}
