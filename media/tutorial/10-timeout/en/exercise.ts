// Two limits, one inside the other. The outer one is over first, but the program blames the inner one. Why?
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
