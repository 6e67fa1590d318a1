// 这个程序以 LoopExit 告终：main 在等一个没人启动的 greenlet。缺一个调用。
import { Greenlet, joinAll, sleep, spawn } from 'greenlets';

function foo(message: string, n: number): void {
  sleep(n);
  console.log(message);
}

const first = spawn(foo, 'Hello', 0.2);

// 只创建 greenlet，别的什么也不做。
const second = new Greenlet(foo, 'I live!', 0.1);

joinAll([first, second]);
