// The pool itself knows how many places are free: a second count only goes wrong.
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

// The other end of the first connection hangs up; main waits until the pool has a place again.
pairs[0]?.[1].close();
pool.waitAvailable();
console.log(`${pool.length} listeners`);
if (pairs[3]) console.log(`The fourth: ${addHandler(pairs[3][0])}`);

pool.kill();
for (const pair of pairs) for (const socket of pair) socket.close();
