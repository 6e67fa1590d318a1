// A time limit for one block, with an error class of its own. Nobody catches the error, so it ends the program.
import { sleep, Timeout } from 'greenlets';

class TooLong extends Error {
  override name = 'TooLong';
}

// Within the limit: at the end of its block, `using` cancels it.
{
  using _limit = Timeout.startNew(0.5, TooLong);
  sleep(0.1);
}

// Beyond it.
{
  using _limit = Timeout.startNew(0.5, TooLong);
  sleep(10);
}
