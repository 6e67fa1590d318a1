/** The hub on a virtual clock: time jumps to the next timer as soon as nothing is ready. For tests of the core. */

import type { Clock, Loop } from '../../runtime/src/core/clock.ts';
import { type Form, formOf, linkForm } from '../../runtime/src/core/form.ts';
import {
  type Frame,
  finished,
  RUNTIME_SITE,
  type Site,
  suspend,
} from '../../runtime/src/core/frame.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { callOrdinary } from '../../runtime/src/core/ordinary.ts';

class VirtualTime implements Clock, Loop {
  private time = 0;
  private alarm: { deadline: number; ring: () => void } | undefined;
  private turns: (() => void)[] = [];

  now(): number {
    return this.time;
  }

  arm(deadline: number, ring: () => void): void {
    this.alarm = { deadline, ring };
  }

  disarm(): void {
    this.alarm = undefined;
  }

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
    for (;;) {
      const turn = this.turns.shift();
      if (turn !== undefined) {
        turn();
        continue;
      }
      const { alarm } = this;
      if (alarm === undefined) return;
      this.alarm = undefined;
      this.time = Math.max(this.time, alarm.deadline);
      alarm.ring();
    }
  }
}

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
  const frame: Frame =
    form === undefined
      ? finished(Reflect.apply(callee as () => unknown, self, args))
      : Reflect.apply(form, self, args);
  const step = frame.next();
  if (step.done) return step.value;
  suspend(frame, site);
  return yield undefined;
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
  const time = new VirtualTime();
  const { clock, loop, handleError } = hub;
  hub.clock = time;
  hub.loop = time;
  hub.handleError = () => {};
  try {
    const greenlet = Greenlet.spawn(dual(body));
    time.run();
    return greenlet;
  } finally {
    Object.assign(hub, { clock, loop, handleError });
  }
}
