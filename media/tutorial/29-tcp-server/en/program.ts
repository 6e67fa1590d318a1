// A TCP server: the handler of each connection runs in a greenlet of its own, and may block as it likes.
import { sleep, spawn } from 'greenlets';
import { StreamServer } from 'greenlets/server';
import { createConnection, type StreamSocket } from 'greenlets/socket';

function handle(socket: StreamSocket): void {
  socket.sendAll('Hello from a telnet!\n');
  for (let i = 0; i < 5; i++) {
    socket.sendAll(`${i}\n`);
    sleep(0.01);
  }
}

// The port 0 stands for any that is free. With PORT=5000 in the environment you can choose one.
const server = new StreamServer(['127.0.0.1', Number(process.env.PORT ?? 0)], handle);
server.start();

function serve(): void {
  server.serveForever();
  console.log(`serveForever returned; started = ${server.started}`);
}

const serving = spawn(serve);

const client = createConnection(server.address);
for (const line of client.makefile()) console.log(line.trimEnd());
client.close();

server.stop();
serving.join();
