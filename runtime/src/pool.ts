/** Groups of greenlets: the names that programs import from `greenlets/pool`. */

import './node/install.ts';

export { Group, type GroupKillOptions, type JoinOptions } from './sync/group.ts';
export { IMap, IMapUnordered, type MapOptions } from './sync/imap.ts';
export { Pool, PoolFull } from './sync/pool.ts';
