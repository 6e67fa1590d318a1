/** A million switches, for the history. */
import { joinAll, sleep, spawn } from 'greenlets';

function turns(): void {
  for (let i = 0; i < 500_000; i++) sleep(0);
}

joinAll([spawn(turns), spawn(turns)]);
