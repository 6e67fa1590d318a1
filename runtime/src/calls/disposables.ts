/** `using` declarations: what a block has to dispose of at its end, last first. */

import { raised } from '../core/aloud.ts';
import { type Frame, RUNTIME_SITE, suspend } from '../core/frame.ts';
import { $await } from './await.ts';
import { $prepare } from './prepare.ts';

interface Disposable {
  value: unknown;
  method: unknown;
  isAsync: boolean;
}

/** Two errors, where disposing failed after something else had. */
class SuppressedError extends Error {
  override name = 'SuppressedError';
  readonly error: unknown;
  readonly suppressed: unknown;

  constructor(error: unknown, suppressed: unknown) {
    super('An error was suppressed during disposal');
    this.error = error;
    this.suppressed = suppressed;
  }
}

class Disposables {
  private readonly list: Disposable[] = [];
  private failed = false;
  private error: unknown = undefined;

  /** Registers what a declaration is initialized with, and returns it. */
  add<T>(value: T, isAsync = false): T {
    if (value === null || value === undefined) {
      if (isAsync) this.list.push({ value, method: undefined, isAsync });
      return value;
    }
    const object = value as Record<symbol, unknown>;
    const own = isAsync ? object[Symbol.asyncDispose] : undefined;
    const method = own ?? object[Symbol.dispose];
    if (typeof method !== 'function')
      throw raised(
        new TypeError(
          `Symbol(${isAsync ? 'Symbol.asyncDispose' : 'Symbol.dispose'}) is not a function`,
        ),
      );
    this.list.push({ value, method, isAsync });
    return value;
  }

  /** The block has thrown. */
  fail(error: unknown): void {
    this.note(error);
  }

  /** The call that disposes of everything; throws what the block has thrown. */
  dispose(): Frame {
    return this.disposeAll();
  }

  /** The same where nothing can switch. */
  disposeNow(): void {
    for (let each = this.list.pop(); each !== undefined; each = this.list.pop()) {
      try {
        Reflect.apply(each.method as () => unknown, each.value, []);
      } catch (error) {
        this.note(error);
      }
    }
    if (this.failed) throw this.error;
  }

  /** The same for code that awaits natively. */
  async disposeLater(): Promise<void> {
    for (let each = this.list.pop(); each !== undefined; each = this.list.pop()) {
      try {
        const result =
          each.method === undefined
            ? undefined
            : Reflect.apply(each.method as () => unknown, each.value, []);
        if (each.isAsync) await result;
      } catch (error) {
        this.note(error);
      }
    }
    if (this.failed) throw this.error;
  }

  private *disposeAll(): Generator<undefined, undefined, unknown> {
    for (let each = this.list.pop(); each !== undefined; each = this.list.pop()) {
      try {
        let result: unknown;
        if (each.method !== undefined) {
          const frame = $prepare(each.method, each.value);
          const step = frame.next();
          result = step.value;
          if (!step.done) {
            suspend(frame, RUNTIME_SITE);
            result = yield undefined;
          }
        }
        if (each.isAsync) {
          suspend($await(result), RUNTIME_SITE);
          yield undefined;
        }
      } catch (error) {
        this.note(error);
      }
    }
    if (this.failed) throw this.error;
    return undefined;
  }

  private note(error: unknown): void {
    this.error = this.failed ? new SuppressedError(error, this.error) : error;
    this.failed = true;
  }
}

/** Begins a block with `using` declarations. */
export function $disposables(): Disposables {
  return new Disposables();
}
