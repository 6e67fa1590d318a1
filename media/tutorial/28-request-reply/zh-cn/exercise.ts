// 两个客户端共用一个应答队列，于是拿到了对方的回答。
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

interface Request {
  n: number;
}

const requests = new Queue<Request>();
const replies = new Queue<number>();

// 计算平方；大的数更费时。
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
