// 给等待加上时限的三种写法。
import { sleep, spawn, Timeout, withTimeout } from 'greenlets';

function wait(): void {
  sleep(2);
}

// 自己的时限：从这里开始计时，不管等的是什么。
const timer = Timeout.startNew(0.1);
const thread1 = spawn(wait);
try {
  thread1.join();
} catch (error) {
  if (error !== timer) throw error;
  console.log('Thread 1 timed out');
}

// get 的选项里就有时限，超时会抛出错误。
const thread2 = spawn(wait);
try {
  thread2.get({ timeout: 0.1 });
} catch (error) {
  if (!(error instanceof Timeout)) throw error;
  console.log('Thread 2 timed out');
}

// 罩住整个函数：时限的创建、启动、取消都代劳了。
try {
  withTimeout(0.1, wait);
} catch (error) {
  if (!(error instanceof Timeout)) throw error;
  console.log('Thread 3 timed out');
}
