// 派生 greenlet 的三种写法。
import { Greenlet, joinAll, sleep, spawn } from 'greenlets';

function foo(message: string, n: number): void {
  sleep(n);
  console.log(message);
}

// 创建一个以这些参数运行 foo 的 greenlet，并把它放进队列。
const first = Greenlet.spawn(foo, 'Hello', 0.1);

// 效果相同，写法更短。
const second = spawn(foo, 'I live!', 0.2);

// 任何函数都可以。
const third = spawn((x: number) => x + 1, 2);

joinAll([first, second, third]);
