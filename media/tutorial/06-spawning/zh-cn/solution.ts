// 用 new 只是创建了 Greenlet；start 才把它放进 hub 的队列。
import { Greenlet, joinAll, sleep, spawn } from 'greenlets';

function foo(message: string, n: number): void {
  sleep(n);
  console.log(message);
}

const first = spawn(foo, 'Hello', 0.2);

// 只创建 greenlet，别的什么也不做。
const second = new Greenlet(foo, 'I live!', 0.1);
second.start();

joinAll([first, second]);
