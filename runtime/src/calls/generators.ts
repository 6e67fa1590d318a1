/**
 * The program's own generators, which may switch in their bodies. Such a generator stays a native one with two kinds of `yield`:
 * its own, and those of the call protocol. Its `next`, `return` and `throw` tell them apart: in greenlet code a switch in the body
 * suspends the caller too; for a native consumer (spread, destructuring) it throws.
 */

import { raised } from '../core/aloud.ts';
import { registerBoundary } from '../core/boundary.ts';
import { type Form, linkForm } from '../core/form.ts';
import type { Frame, Step } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { ended, type Resume } from './delegate.ts';

const native = Object.getPrototypeOf(function* () {}).prototype as Record<
  Resume,
  (value?: unknown) => IteratorResult<unknown>
>;
const natives = { next: native.next, return: native.return, throw: native.throw };
const { apply } = Reflect;

/** Generators that are suspended at a switch, not at a `yield` of their own. */
const busy = new WeakSet<object>();

/** Calls a private generator method, whose form only its objects can reach. */
export function $started(
  _name: string,
  form: Form,
  self: unknown,
  args: ArrayLike<unknown>,
): unknown {
  const { prototype } = form;
  if (Object.getPrototypeOf(prototype) === native) $generator(form as { prototype: unknown });
  return apply(form, self, args);
}

/** What the generator objects of such functions inherit from, before the built-in prototype. */
const switchingPrototype = Object.create(native, {
  next: { value: resumer('next', 1), writable: true, configurable: true },
  return: { value: resumer('return', 1), writable: true, configurable: true },
  throw: { value: resumer('throw', 1), writable: true, configurable: true },
});

/** Prepares a generator function whose body may switch. */
export function $generator<F extends { prototype: unknown }>(fn: F): F {
  Object.setPrototypeOf(fn.prototype, switchingPrototype);
  return fn;
}

/** The program's own generator, while it computes one answer. */
export class Answer implements Frame {
  readonly generator: object;
  private readonly how: Resume;
  private readonly given: unknown;
  private begun = false;

  constructor(generator: object, how: Resume, given: unknown) {
    this.generator = generator;
    this.how = how;
    this.given = given;
  }

  next(value?: unknown): Step {
    if (this.begun) return this.run('next', value);
    this.begun = true;
    if (busy.has(this.generator)) throw raised(new TypeError('Generator is already running'));
    return this.run(this.how, this.given);
  }

  throw(error: unknown): Step {
    return this.run('throw', error);
  }

  private run(how: Resume, value: unknown): Step {
    busy.delete(this.generator);
    const result = apply(natives[how], this.generator, [value]);
    const { by } = ended;
    if (by !== null) {
      ended.by = null;
      return this.run('return', by.value);
    }
    if (hub.current === null || hub.current.state === 'running')
      return { done: true, value: result };
    busy.add(this.generator);
    return { done: false, value: undefined };
  }
}

/** A method of generators in both forms. */
function resumer(how: Resume, length: number): (value?: unknown) => unknown {
  const { [how]: method } = {
    [how](this: object, value?: unknown): unknown {
      if (busy.has(this)) throw raised(new TypeError('Generator is already running'));
      hub.barrier++;
      try {
        return apply(natives[how], this, [value]);
      } finally {
        hub.barrier--;
      }
    },
  } as Record<Resume, (value?: unknown) => unknown>;
  Object.defineProperty(method, 'length', { value: length, configurable: true });
  registerBoundary(method);
  return linkForm(method, function (this: object, value?: unknown): Frame {
    return new Answer(this, how, value);
  });
}
