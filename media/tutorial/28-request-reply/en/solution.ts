// Each request carries the place where its reply belongs.
import { joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';
import { Queue } from 'greenlets/queue';

interface Request {
  n: number;
  reply: AsyncResult<number>;
}

const requests = new Queue<Request>();

// Squares numbers; large ones take longer.
function server(): void {
  for (;;) spawn(answer, requests.get());
}

function answer({ n, reply }: Request): void {
  sleep(n * 0.05);
  reply.set(n * n);
}

function client(n: number): void {
  const reply = new AsyncResult<number>();
  requests.put({ n, reply });
  console.log(`${n} squared is ${reply.get()}`);
}

spawn(server);
joinAll([spawn(client, 3), spawn(client, 2)]);
