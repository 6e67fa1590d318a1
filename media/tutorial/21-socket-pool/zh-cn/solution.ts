// 有几个空位，池自己知道：另外再数一遍只会出错。
import { Pool } from 'greenlets/pool';
import { type StreamSocket, socketpair } from 'greenlets/socket';

const pool = new Pool(3);

function addHandler(socket: StreamSocket): string {
  if (pool.full()) return 'refused';
  pool.spawn(listen, socket);
  return 'accepted';
}

function listen(socket: StreamSocket): void {
  while (socket.recv().length > 0);
  console.log('A listener leaves.');
}

const pairs = [socketpair(), socketpair(), socketpair(), socketpair()];
for (const [socket] of pairs.slice(0, 3)) console.log(addHandler(socket));

// 第一个连接的另一端挂断了；main 等到池里又有空位为止。
pairs[0]?.[1].close();
pool.waitAvailable();
console.log(`${pool.length} listeners`);
if (pairs[3]) console.log(`The fourth: ${addHandler(pairs[3][0])}`);

pool.kill();
for (const pair of pairs) for (const socket of pair) socket.close();
