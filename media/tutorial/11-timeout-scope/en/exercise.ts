// Three jobs share one limit, and the second spoils it for the third. Give each job a limit of its own.
import { sleep, Timeout } from 'greenlets';

class TooLong extends Error {
  override name = 'TooLong';
}

function job(seconds: number): void {
  sleep(seconds);
}

try {
  using _limit = Timeout.startNew(0.5, TooLong);
  for (const seconds of [0.1, 5, 0.1]) {
    job(seconds);
    console.log('A job is done');
  }
} catch (error) {
  if (!(error instanceof TooLong)) throw error;
  console.log('A job took too long');
}
