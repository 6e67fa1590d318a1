// Whoever catches a Timeout must ask whether it is his own, and hand on every other one.
import { sleep, Timeout } from 'greenlets';

const outer = Timeout.startNew(0.1);
try {
  const inner = Timeout.startNew(0.5);
  try {
    sleep(1);
  } catch (error) {
    if (error !== inner) throw error;
    console.log('The inner limit is over');
  } finally {
    inner.cancel();
  }
  console.log('Going on');
} catch (error) {
  if (error !== outer) throw error;
  console.log('The outer limit is over');
}
