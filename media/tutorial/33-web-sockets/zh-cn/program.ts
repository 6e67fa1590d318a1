// WebSocket：服务器不断推送数字，客户端用普通的循环来读。
import { sleep } from 'greenlets';
import { connectWebSocket, type HttpRequest, HttpServer } from 'greenlets/http';

function push(request: HttpRequest): void {
  const socket = request.acceptWebSocket();
  for (let x = 0; x < 3; x++) {
    socket.send(JSON.stringify([x, Math.floor(Math.random() * 5) + 1]));
    sleep(0.05);
  }
}

const server = new HttpServer(['127.0.0.1', 0], push);
server.start();

const socket = connectWebSocket(`ws://127.0.0.1:${server.serverPort}/data`);
for (const message of socket) {
  const [x, y] = JSON.parse(message.toString());
  console.log(`x = ${x} y in 1..5: ${y >= 1 && y <= 5}`);
}
console.log(`closed with ${socket.closeCode}`);
server.stop();
