// 终止就是在 greenlet 等待的地方抛出一个错误，所以 finally 会执行。
import { kill, sleep, spawn } from 'greenlets';
import { signal } from 'greenlets/signal';

function worker(): void {
  try {
    console.log('Working.');
    sleep(1000);
  } finally {
    console.log('Saved.');
  }
}

const thread = spawn(worker);
signal('SIGTERM', kill, thread);

spawn(() => {
  sleep(0.1);
  process.kill(process.pid, 'SIGTERM');
});

thread.join();
console.log('Bye.');
