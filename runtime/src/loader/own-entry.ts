/** `greenlets` and its entries, from anywhere. */

import { readFileSync } from 'node:fs';
import { PACKAGE } from './package.ts';

export type Kind = 'import' | 'require';

const OWN_NAME = 'greenlets';

/**
 * The file of this package that `greenlets` or `greenlets/…` means.
 *
 * @returns its URL; undefined for any other specifier.
 * @throws {Error} if the package has no such entry.
 */
export function ownEntry(specifier: string, kind: Kind): string | undefined {
  if (specifier !== OWN_NAME && !specifier.startsWith(`${OWN_NAME}/`)) return undefined;
  const target = entries().get(`.${specifier.slice(OWN_NAME.length)}`);
  if (target === undefined) {
    const error = new Error(
      `Package subpath '${specifier}' is not defined by the package ${OWN_NAME}`,
    );
    throw Object.assign(error, { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  }
  const file = typeof target === 'string' ? target : (target[kind] ?? target.default);
  return new URL(file as string, PACKAGE).href;
}

/** A path, or paths by condition. */
type Target = string | Readonly<Record<string, string>>;

let known: ReadonlyMap<string, Target> | undefined;

/** This package's `exports`. */
function entries(): ReadonlyMap<string, Target> {
  if (known === undefined) {
    const { exports } = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8'));
    known = new Map<string, Target>(Object.entries(exports));
  }
  return known;
}
