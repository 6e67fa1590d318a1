/** Properties of each greenlet's own: the names that programs import from `greenlets/local`. */

import './node/install.ts';

export { allLocalsOf, Local } from './sync/local.ts';
