/** A file of the program, and what it becomes. */

import type { LanguageOptions } from '../transform.ts';
import { PACKAGE } from './package.ts';
import type { PackageType } from './package-type.ts';
import { isListed } from './project.ts';

/** How the program uses a file: it starts with it, imports it, or requires it, which cannot wait for its top level. */
export type Role = 'entry' | 'imported' | 'required';

/** With all that decides what becomes of it. */
export interface OwnFile {
  readonly url: string;
  readonly filename: string;
  readonly code: string;
  /** The `type` of its package. */
  readonly type: PackageType | undefined;
  readonly role: Role;
  /** How it is written. */
  readonly language: LanguageOptions | undefined;
  /** For tests: whether every call gives way once. */
  readonly injectSwitches: boolean;
}

/** What a file becomes. */
export interface Compiled {
  readonly format: 'module' | 'commonjs';
  /** With its source map. */
  readonly text: string;
}

/** Whether a file goes through the transform: it is code, and the program's own or a listed package's. */
export function isOwnCode(url: string): boolean {
  if (!isProgramCode(url) && !isListed(url)) return false;
  const { pathname } = new URL(url);
  return /\.[cm]?[jt]sx?$/.test(pathname) && !pathname.endsWith('.d.ts');
}

/** Whether a file belongs to the program: not to Node, to a package, or to this package. */
export function isProgramCode(url: string): boolean {
  if (!url.startsWith('file:') || url.startsWith(PACKAGE.href)) return false;
  return !new URL(url).pathname.includes('/node_modules/');
}
