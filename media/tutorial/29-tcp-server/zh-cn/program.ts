// 一个 TCP 服务器：每个连接的处理函数都在自己的 greenlet 里运行，可以随意阻塞。
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

// 端口 0 表示任意一个空闲端口。设置环境变量 PORT=5000 就可以自己指定。
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
