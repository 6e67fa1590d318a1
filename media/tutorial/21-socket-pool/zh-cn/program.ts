// 三个名额的监听池，每个监听者读自己的套接字；第四个没有位置。
import { Pool } from 'greenlets/pool';
import { Queue } from 'greenlets/queue';
import { type StreamSocket, socketpair } from 'greenlets/socket';

class SocketPool {
  readonly pool = new Pool(3);

  addHandler(socket: StreamSocket): void {
    if (this.pool.full()) throw new Error('At maximum pool size');
    this.pool.spawn(listen, socket);
  }

  shutdown(): void {
    this.pool.kill();
  }
}

const arrived = new Queue<StreamSocket>();

function listen(socket: StreamSocket): void {
  for (;;) {
    // 阻塞这个 greenlet，直到另一端发来数据。
    const data = socket.recv();
    if (data.length === 0) return;
    console.log(`got ${data}`);
    arrived.put(socket);
  }
}

const pairs = [socketpair(), socketpair(), socketpair(), socketpair()];
const sockets = new SocketPool();
for (const [socket] of pairs) {
  try {
    sockets.addHandler(socket);
  } catch (error) {
    console.log(`4th handler: ${(error as Error).message}`);
  }
}

for (const [i, [, otherEnd]] of pairs.slice(0, 3).entries()) {
  otherEnd.sendAll(`hello ${i}`);
  arrived.get();
}

console.log(`before shutdown ${sockets.pool.length}`);
sockets.shutdown();
console.log(`after shutdown ${sockets.pool.length}`);
for (const pair of pairs) for (const socket of pair) socket.close();
