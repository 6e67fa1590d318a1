/** The hub on a virtual clock: time jumps to the next timer as soon as nothing is ready. For tests of the core. */

import { framed } from '../../runtime/src/core/call.ts';
import type { Loop } from '../../runtime/src/core/clock.ts';
import { type Form, formOf, linkForm } from '../../runtime/src/core/form.ts';
import { RUNTIME_SITE, type Site } from '../../runtime/src/core/frame.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { checkEveryTurn } from '../../runtime/src/core/invariants.ts';
import { callOrdinary } from '../../runtime/src/core/ordinary.ts';
import { VirtualClock } from '../../runtime/src/testing/virtual-clock.ts';

/** A loop whose turns are taken one after the other, right here. */
class Turns implements Loop {
  private readonly turns: (() => void)[] = [];

  turn(drain: () => void): void {
    this.turns.push(drain);
  }

  afterJobs(drain: () => void): void {
    this.turns.push(drain);
  }

  unref(): void {}

  hold(): void {}

  /** Runs until nothing is left to do. */
  run(): void {
    for (let turn = this.turns.shift(); turn !== undefined; turn = this.turns.shift()) turn();
  }
}

// All tests of the core look at the hub after every turn.
checkEveryTurn(hub);

type Body = Generator<undefined, unknown, unknown>;

/** A call that may switch, as transformed code makes it: `yield* call(f, a, b)`. */
export function call(callee: unknown, ...args: unknown[]): Body {
  return perform(RUNTIME_SITE, undefined, callee, args);
}

/** The same for a method: `yield* callOn(greenlet, greenlet.get)`. */
export function callOn(self: unknown, callee: unknown, ...args: unknown[]): Body {
  return perform(RUNTIME_SITE, self, callee, args);
}

/** The same at a registered call site. */
export function callAt(site: Site, callee: unknown, ...args: unknown[]): Body {
  return perform(site, undefined, callee, args);
}

function* perform(site: Site, self: unknown, callee: unknown, args: unknown[]): Body {
  const form = formOf(callee);
  if (form === undefined) return Reflect.apply(callee as () => unknown, self, args);
  return yield* framed(Reflect.apply(form, self, args), site);
}

/** A function that may switch, made of a generator function, as the transform makes them. */
export function dual<A extends unknown[]>(
  body: (...args: A) => Generator<undefined, unknown, unknown>,
): (...args: A) => unknown {
  const fn = (...args: A) => callOrdinary(body.name, body as Form, undefined, args);
  Object.defineProperty(fn, 'name', { value: body.name });
  return linkForm(fn, body as Form);
}

/**
 * Runs `body` as a greenlet on virtual time until nothing is left to do.
 *
 * @returns the greenlet of the body.
 */
export function onVirtualTime(body: () => Generator<undefined, unknown, unknown>): Greenlet {
  const turns = new Turns();
  const { clock, loop, handleError } = hub;
  hub.clock = new VirtualClock({ start: 0 });
  hub.loop = turns;
  hub.handleError = () => {};
  try {
    const greenlet = Greenlet.spawn(dual(body));
    turns.run();
    return greenlet;
  } finally {
    Object.assign(hub, { clock, loop, handleError });
  }
}
