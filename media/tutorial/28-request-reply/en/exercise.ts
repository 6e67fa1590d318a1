// Two clients share one queue of replies, and get each other's answers.
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

interface Request {
  n: number;
}

const requests = new Queue<Request>();
const replies = new Queue<number>();

// Squares numbers; large ones take longer.
function server(): void {
  for (;;) spawn(answer, requests.get());
}

function answer({ n }: Request): void {
  sleep(n * 0.05);
  replies.put(n * n);
}

function client(n: number): void {
  requests.put({ n });
  console.log(`${n} squared is ${replies.get()}`);
}

spawn(server);
joinAll([spawn(client, 3), spawn(client, 2)]);
