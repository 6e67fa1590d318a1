/** The words for what a greenlet waits on. */

import type { Greenlet } from './greenlet.ts';
import { Several } from './several.ts';

/**
 * What a wait is on, for people: `foo #2, bar #3`, `jobs`, `0.5`.
 *
 * @param on what was given to `park`.
 */
export function labelsOf(on: unknown): string {
  if (on === undefined || on === null) return '';
  if (on instanceof Several) {
    const { objects } = on;
    const shown = objects.slice(0, SHOWN).map(labelsOf);
    return objects.length > SHOWN
      ? `${shown.join(', ')}, and ${objects.length - SHOWN} more`
      : shown.join(', ');
  }
  if (typeof on !== 'object' && typeof on !== 'function') return String(on);
  const { label, name } = on as { label?: unknown; name?: unknown };
  return typeof label === 'string' ? label : typeof name === 'string' ? name : '';
}

/** The greenlets that hold what is waited on: a lock's owners. Empty where the object has none. */
export function ownersOf(on: unknown): Greenlet[] {
  const { owners } = (on ?? {}) as { owners?: unknown };
  return typeof owners === 'function' ? owners.call(on) : [];
}

const SHOWN = 4;
