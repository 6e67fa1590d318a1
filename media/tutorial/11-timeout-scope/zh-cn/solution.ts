// 时限属于每一轮：不管代码块怎样结束，using 都会在末尾取消它。
import { sleep, Timeout } from 'greenlets';

class TooLong extends Error {
  override name = 'TooLong';
}

function job(seconds: number): void {
  sleep(seconds);
}

for (const seconds of [0.1, 5, 0.1]) {
  try {
    using _limit = Timeout.startNew(0.5, TooLong);
    job(seconds);
    console.log('A job is done');
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    console.log('A job took too long');
  }
}
