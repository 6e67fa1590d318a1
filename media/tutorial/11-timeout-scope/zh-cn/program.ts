// 只管一个代码块的时限，用自己的错误类。没有人捕获这个错误，于是程序结束。
import { sleep, Timeout } from 'greenlets';

class TooLong extends Error {
  override name = 'TooLong';
}

// 没有超时：代码块结束时，using 会取消时限。
{
  using _limit = Timeout.startNew(0.5, TooLong);
  sleep(0.1);
}

// 超时了。
{
  using _limit = Timeout.startNew(0.5, TooLong);
  sleep(10);
}
