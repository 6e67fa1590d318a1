// 已经离开的听众就跳过；其他人都听到消息。
import { Event } from 'greenlets/event';
import { connectWebSocket, type HttpRequest, HttpServer, type WebSocket } from 'greenlets/http';
import { Queue } from 'greenlets/queue';
import { SocketError } from 'greenlets/socket';

const listeners: WebSocket[] = [];
const joined = new Queue<number>();
const end = new Event();

function serve(request: HttpRequest): void {
  listeners.push(request.acceptWebSocket());
  joined.put(listeners.length);
  end.wait();
}

// 向所有人发送一条消息。
function broadcast(message: string): void {
  for (const listener of listeners) {
    try {
      listener.send(message);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
}

const server = new HttpServer(['127.0.0.1', 0], serve);
server.start();
const clients = [];
for (let i = 0; i < 3; i++) {
  clients.push(connectWebSocket(`ws://127.0.0.1:${server.serverPort}/`));
  joined.get();
}

// 第二个客户端离开，服务器也得知了。
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
