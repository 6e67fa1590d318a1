/** What a specifier that is no path means by `paths` and `baseUrl` of a tsconfig.json. */

import { join } from 'node:path';
import type { Tsconfig } from './tsconfig.ts';

/**
 * The absolute paths that a specifier may mean, in the order in which they are tried; empty if it is for Node only. As in
 * TypeScript, the pattern with the longest beginning counts alone, and `baseUrl` counts where no pattern does.
 */
export function candidatesOf(specifier: string, { paths, baseUrl }: Tsconfig): string[] {
  const exact = paths.get(specifier);
  if (exact !== undefined && !specifier.includes('*')) return [...exact];
  let best: { prefix: string; filling: string; targets: readonly string[] } | undefined;
  for (const [pattern, targets] of paths) {
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (best !== undefined && prefix.length <= best.prefix.length) continue;
    if (specifier.length < prefix.length + suffix.length) continue;
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    const filling = specifier.slice(prefix.length, specifier.length - suffix.length);
    best = { prefix, filling, targets };
  }
  if (best !== undefined) {
    const { filling, targets } = best;
    return targets.map((target) => target.replace('*', () => filling));
  }
  return baseUrl === undefined || specifier.startsWith('#') ? [] : [join(baseUrl, specifier)];
}
