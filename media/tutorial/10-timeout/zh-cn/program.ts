// 时限：greenlet 等得太久时，时钟向它抛出一个错误。
import { sleep, spawn, Timeout } from 'greenlets';

function wait(): void {
  sleep(10);
}

const seconds = 0.5;
const timeout = new Timeout(seconds);
timeout.start();

try {
  spawn(wait).join();
} catch (error) {
  // 是我们自己的时限吗？可能还有别的时限、别的错误。
  if (error !== timeout) throw error;
  console.log('Could not complete');
}
