/** Time limits: the names that programs import from `greenlets/timeout`. */

import './node/install.ts';

export {
  Timeout,
  type TimeoutException,
  type TimeoutOptions,
  type WithTimeoutOptions,
  withTimeout,
} from './core/timeout.ts';
