/** Sends back what it receives; its port is the argument. */
import { createServer } from 'node:net';

createServer((socket) => {
  socket.on('data', (data) => socket.write(data));
  socket.on('error', () => {});
}).listen(Number(process.argv[2]), '127.0.0.1');
