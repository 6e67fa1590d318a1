// 两个时限，一个套着一个。先到的是外层，程序却怪到内层头上。为什么？
import { sleep, Timeout } from 'greenlets';

const outer = Timeout.startNew(0.1);
try {
  const inner = Timeout.startNew(0.5);
  try {
    sleep(1);
  } catch {
    console.log('The inner limit is over');
  } finally {
    inner.cancel();
  }
  console.log('Going on');
} catch (error) {
  if (error !== outer) throw error;
  console.log('The outer limit is over');
}
