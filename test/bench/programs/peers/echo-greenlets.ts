/** Sends back what it receives; its port is the argument. */
import { StreamServer } from 'greenlets/server';
import type { StreamSocket } from 'greenlets/socket';

new StreamServer(['127.0.0.1', Number(process.argv[2])], (socket: StreamSocket) => {
  for (let data = socket.recv(4096); data.length > 0; data = socket.recv(4096))
    socket.sendAll(data);
}).serveForever();
