/** `await` in code that is a greenlet. */

import type { Frame } from '../core/frame.ts';
import { Waiter } from '../core/wait.ts';

/** Parks until a value settles, as `await` does: always for at least one promise job. */
export function $await(value: unknown): Frame {
  const waiter = new Waiter('await');
  Promise.resolve(value).then(
    (result) => waiter.wake(result),
    (error) => waiter.fail(error),
  );
  return waiter.park('await', value);
}
