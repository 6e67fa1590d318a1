// The limit belongs to one round: `using` cancels it at the end of the block, whichever way the block ends.
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
