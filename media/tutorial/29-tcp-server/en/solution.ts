// A connection is a stream of bytes and knows no pieces: the server reads a whole line.
import { sleep } from 'greenlets';
import { StreamServer } from 'greenlets/server';
import { createConnection, type StreamSocket } from 'greenlets/socket';

function greet(socket: StreamSocket): void {
  socket.sendAll('Your name?');
  const name = socket.makefile().readLine().trim();
  socket.sendAll(`Hello ${name}!\n`);
}

const server = new StreamServer(['127.0.0.1', 0], greet);
server.start();

const client = createConnection(server.address);
console.log(client.recv().toString());
client.sendAll('Ann ');
// The network is slow today.
sleep(0.1);
client.sendAll('Lee\n');
console.log(client.makefile().readLine().trimEnd());
client.close();
server.stop();
