/** Waiting for streams: the names that programs import from `greenlets/select`. */

import './node/install.ts';

export { type Selectable, select } from './io/select.ts';
