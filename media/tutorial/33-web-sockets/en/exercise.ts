// One of three listeners has gone, and so those behind it hear nothing.
import { Event } from 'greenlets/event';
import { connectWebSocket, type HttpRequest, HttpServer, type WebSocket } from 'greenlets/http';
import { Queue } from 'greenlets/queue';

const listeners: WebSocket[] = [];
const joined = new Queue<number>();
const end = new Event();

function serve(request: HttpRequest): void {
  listeners.push(request.acceptWebSocket());
  joined.put(listeners.length);
  end.wait();
}

// Sends a message to all.
function broadcast(message: string): void {
  for (const listener of listeners) listener.send(message);
}

const server = new HttpServer(['127.0.0.1', 0], serve);
server.start();
const clients = [];
for (let i = 0; i < 3; i++) {
  clients.push(connectWebSocket(`ws://127.0.0.1:${server.serverPort}/`));
  joined.get();
}

// The second client leaves, and the server is told.
clients[1]?.close();
listeners[1]?.receive();

try {
  broadcast('news');
} catch (error) {
  console.log(`broadcast failed: ${(error as Error).name}`);
}
end.set();
for (const i of [0, 2]) console.log(`client ${i}: ${clients[i]?.receive() ?? 'nothing'}`);
server.stop();
