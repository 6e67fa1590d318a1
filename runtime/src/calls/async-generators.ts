/**
 * `async` generators that may switch. The body is a generator of the runtime's, with `await` and calls as in every second form; the
 * object that the program sees answers requests with promises. As long as there are requests, a greenlet runs the body.
 */

import { framed } from '../core/call.ts';
import type { Form } from '../core/form.ts';
import type { Frame } from '../core/frame.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { $await } from './await.ts';
import type { Resume } from './delegate.ts';
import { Answer } from './generators.ts';
import { showTextOf } from './source.ts';

type Method = (value?: unknown) => unknown;

const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () {});
const native = AsyncGeneratorFunction.prototype as Record<Resume, Method>;
const natives = { next: native.next, return: native.return, throw: native.throw };
const { apply } = Reflect;

/** Makes an ordinary function look like the `async` generator function that it stands for. */
export function $linkAsyncGenerator<F extends object>(fn: F, form: Form): F {
  const value = Object.create(switchingPrototype);
  Object.defineProperty(fn, 'prototype', { value, writable: true });
  ordinaries.set(form, fn);
  showTextOf(fn, form);
  return Object.setPrototypeOf(fn, AsyncGeneratorFunction);
}

/** Calls an `async` generator function: its body waits for the first request. */
export function $asyncGenerator(
  name: string,
  form: Form,
  self: unknown,
  args: ArrayLike<unknown>,
): object {
  const body = apply(form, self, args);
  const { prototype } = (ordinaries.get(form) ?? {}) as { prototype?: unknown };
  const isObject = typeof prototype === 'object' || typeof prototype === 'function';
  const generator = Object.create(isObject && prototype ? prototype : switchingPrototype);
  requests.set(generator, new Requests(name, body));
  return generator;
}

/** The ordinary function of a form, whose `prototype` its generators inherit from. */
const ordinaries = new WeakMap<Form, object>();
const requests = new WeakMap<object, Requests>();

const switchingPrototype = Object.create(native, {
  next: { value: requester('next'), writable: true, configurable: true },
  return: { value: requester('return'), writable: true, configurable: true },
  throw: { value: requester('throw'), writable: true, configurable: true },
});

function requester(how: Resume): Method {
  return {
    [how](this: object, value: unknown): unknown {
      const own = requests.get(this);
      if (own === undefined) return apply(natives[how], this, [value]);
      return new Promise((resolve, reject) => own.add({ how, value, resolve, reject }));
    },
  }[how] as Method;
}

interface Request {
  how: Resume;
  value: unknown;
  resolve(result: IteratorResult<unknown>): void;
  reject(error: unknown): void;
}

/** What has been asked of one generator and is not answered yet. */
class Requests {
  private readonly name: string;
  private readonly body: object;
  private readonly queue: Request[] = [];
  private state: 'created' | 'suspended' | 'ended' = 'created';
  private running = false;

  constructor(name: string, body: Frame) {
    this.name = name;
    this.body = body;
  }

  add(request: Request): void {
    this.queue.push(request);
    if (this.running) return;
    this.running = true;
    hub.beginAsync(new Answering(this.name, this.answerAll()));
  }

  private *answerAll(): Generator<undefined, undefined, unknown> {
    for (let request = this.queue[0]; request !== undefined; request = this.queue[0]) {
      try {
        const result = yield* this.answer(request);
        this.queue.shift();
        request.resolve(result);
      } catch (error) {
        this.state = 'ended';
        this.queue.shift();
        request.reject(error);
      }
    }
    this.running = false;
    return undefined;
  }

  private *answer({ how, value }: Request): Generator<undefined, IteratorResult<unknown>, unknown> {
    if (this.state === 'created' && how !== 'next') this.state = 'ended';
    if (this.state === 'ended') {
      if (how === 'throw') throw value;
      const last = how === 'return' ? yield* framed($await(value)) : undefined;
      return { value: last, done: true };
    }
    this.state = 'suspended';
    const answer = how === 'return' ? yield* this.ending(value) : new Answer(this.body, how, value);
    const result = (yield* framed(answer)) as IteratorResult<unknown>;
    if (result.done) this.state = 'ended';
    return { value: result.value, done: Boolean(result.done) };
  }

  /** The body is told to return a value, which is awaited first. */
  private *ending(value: unknown): Generator<undefined, Answer, unknown> {
    try {
      return new Answer(this.body, 'return', yield* framed($await(value)));
    } catch (error) {
      return new Answer(this.body, 'throw', error);
    }
  }
}

/** The greenlet that runs a generator's body until there are no more requests. */
class Answering extends Greenlet {
  private readonly frame: Frame;

  constructor(name: string, frame: Frame) {
    super();
    this.origin = 'call';
    this.name = name || 'greenlet';
    this.frame = frame;
  }

  override firstFrame(): Frame {
    return this.frame;
  }
}
