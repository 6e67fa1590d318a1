// 两个 greenlet 轮流把处理器让给对方：每个 sleep(0) 都是一次切换。
import { joinAll, sleep, spawn } from 'greenlets';

function foo(): void {
  console.log('Running in foo');
  sleep(0);
  console.log('Explicit context switch to foo again');
}

function bar(): void {
  console.log('Explicit context to bar');
  sleep(0);
  console.log('Implicit context switch back to bar');
}

joinAll([spawn(foo), spawn(bar)]);
