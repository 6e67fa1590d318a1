// 客户端分两次说出自己的名字，服务器却只向半个名字问好。
import { sleep } from 'greenlets';
import { StreamServer } from 'greenlets/server';
import { createConnection, type StreamSocket } from 'greenlets/socket';

function greet(socket: StreamSocket): void {
  socket.sendAll('Your name?');
  const name = socket.recv().toString().trim();
  socket.sendAll(`Hello ${name}!\n`);
}

const server = new StreamServer(['127.0.0.1', 0], greet);
server.start();

const client = createConnection(server.address);
console.log(client.recv().toString());
client.sendAll('Ann ');
// 今天网络很慢。
sleep(0.1);
client.sendAll('Lee\n');
console.log(client.makefile().readLine().trimEnd());
client.close();
server.stop();
