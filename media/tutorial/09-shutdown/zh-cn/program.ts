// 用一个信号结束原本会永远等下去的 greenlet，程序也随之结束。
import { kill, sleep, spawn } from 'greenlets';
import { signal } from 'greenlets/signal';

function runForever(): void {
  sleep(1000);
}

const start = performance.now();
const thread = spawn(runForever);

// 从现在起，这个信号不再结束进程，而是终止这个 greenlet。
signal('SIGTERM', kill, thread);

// 没有人来按键，所以程序自己给自己发信号。
spawn(() => {
  sleep(0.5);
  process.kill(process.pid, 'SIGTERM');
});

thread.join();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(`joined after ${seconds} s; value ${thread.value}; successful ${thread.successful()}`);
