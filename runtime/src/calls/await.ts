/**
 * `async` functions and `await`. An `async` function's call is a greenlet of its own; its promise settles at once when the
 * greenlet ends, and `await` goes on in the awaited promise's own job: so the order of execution is the native one.
 */

import { framed } from '../core/call.ts';
import { type Form, stampBody } from '../core/form.ts';
import type { Frame } from '../core/frame.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import type { Place } from '../core/sites.ts';
import { Waiter } from '../core/wait.ts';
import { resultOf } from './open.ts';

const AsyncFunction = Object.getPrototypeOf(async () => {});

/** Parks until a value settles, as `await` does: always for at least one promise job. */
export function $await(value: unknown): Frame {
  const waiter = new Waiter('await');
  follow(value, waiter);
  return waiter.park('await', value);
}

/** Awaits natively, so that of the value no more is asked, and nothing the program can change, than the language asks itself. */
async function follow(value: unknown, waiter: Waiter): Promise<void> {
  let result: unknown;
  try {
    result = await value;
  } catch (error) {
    waiter.fail(error);
    return;
  }
  waiter.wake(result);
}

/** `yield* awaitedResult(result)`: awaits the value of a synchronous iterator's result, which takes two promise jobs. */
export function* awaitedResult(result: unknown): Generator<undefined, unknown, unknown> {
  const { done, value } = resultOf(result);
  return yield* framed($await(settled(done, value)));
}

async function settled(done: boolean | undefined, value: unknown): Promise<unknown> {
  return { done, value: await value };
}

/**
 * Calls an `async` function: runs its generator form in a new greenlet, until it first parks.
 *
 * @returns the promise of its value.
 */
export function $async(
  name: string,
  form: Form,
  self: unknown,
  args: ArrayLike<unknown>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    hub.beginAsync(new AsyncCall(name, form, self, args, { resolve, reject }));
  });
}

/** Makes an ordinary function look like the `async` function that it stands for. */
export function $linkAsync<F extends object>(fn: F, form: Form): F {
  return stampBody(Object.setPrototypeOf(fn, AsyncFunction), form);
}

interface Settle {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The greenlet of an `async` function's call. */
class AsyncCall extends Greenlet {
  private readonly form: Form;
  private readonly self: unknown;
  private readonly list: ArrayLike<unknown>;
  private readonly settle: Settle;

  constructor(name: string, form: Form, self: unknown, args: ArrayLike<unknown>, settle: Settle) {
    super();
    this.origin = 'call';
    this.name = name || 'greenlet';
    this.form = form;
    this.self = self;
    this.list = args;
    this.settle = settle;
  }

  override firstFrame(): Frame {
    return Reflect.apply(this.form, this.self, this.list);
  }

  override spawnPlaces(): Place[] {
    return super.spawnPlaces($async.name);
  }

  override ended(threw: boolean, value: unknown): void {
    super.ended(threw, value);
    if (this.state === 'failed') hub.reject(this.settle.reject, value);
    else this.settle.resolve(value);
  }
}
