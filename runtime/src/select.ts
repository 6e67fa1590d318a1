/** Waiting for streams and sockets: the names that programs import from `greenlets/select`. */

import './node/install.ts';

export { POLLERR, POLLIN, POLLOUT, Poll, poll } from './io/poll.ts';
export { select } from './io/select.ts';
export type { Selectable } from './io/selectable.ts';
