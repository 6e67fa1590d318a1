/** Servers: the names that programs import from `greenlets/server`. */

import './node/install.ts';

export { BaseServer, type BaseServerOptions, type Spawn } from './io/base-server.ts';
export { DatagramServer, type DatagramServerOptions } from './io/datagram-server.ts';
export { StreamServer, type StreamServerOptions } from './io/stream-server.ts';
