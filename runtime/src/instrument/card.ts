/** A greenlet as a debugger shows it. */

import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { ownersOf } from '../core/label.ts';
import { allLocalsOf } from '../sync/local.ts';

/** What there is to know of a greenlet: an object whose properties a debugger lists. */
export function cardOf(greenlet: Greenlet): object {
  const { name, id, state, waitOn, switches, spawningGreenlet, links } = greenlet;
  const locals = allLocalsOf(greenlet);
  const isWaiting = greenlet.waitKind !== '';
  return {
    name,
    id,
    state: hub.freezer?.has(greenlet) ? `frozen, ${state}` : state,
    ...(isWaiting && { waitingFor: greenlet.waitText(), waitingOn: waitOn }),
    ...(ownersOf(waitOn).length > 0 && { heldBy: ownersOf(waitOn) }),
    switches,
    spawnedBy: spawningGreenlet,
    links: links?.targets() ?? [],
    ...(greenlet.ready() && { value: greenlet.value, exception: greenlet.exception }),
    ...(locals.length > 0 && { locals: Object.fromEntries(locals) }),
    greenlet,
  };
}

/** An object in its own terms, as the runtime's classes say it: `<Queue maxsize=2 …>`; null where it cannot say. */
export function describe(object: unknown): string | null {
  try {
    const text = String(object);
    return text.startsWith('<') ? text : null;
  } catch {
    return null;
  }
}
