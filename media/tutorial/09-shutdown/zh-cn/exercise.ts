// 信号在工作进行到一半时终止了 worker。请让它无论因何结束都输出 Saved.。
import { kill, sleep, spawn } from 'greenlets';
import { signal } from 'greenlets/signal';

function worker(): void {
  console.log('Working.');
  sleep(1000);
}

const thread = spawn(worker);
signal('SIGTERM', kill, thread);

spawn(() => {
  sleep(0.1);
  process.kill(process.pid, 'SIGTERM');
});

thread.join();
console.log('Bye.');
