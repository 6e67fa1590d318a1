/** Signals: the names that programs import from `greenlets/signal`. */

import './node/install.ts';

export { type SignalHandler, signal } from './system/signal.ts';
