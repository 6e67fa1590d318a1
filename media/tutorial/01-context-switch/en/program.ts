// Two greenlets hand the processor to each other: each sleep(0) is a switch.
import { joinAll, sleep, spawn } from 'greenlets';

function foo(): void {
  console.log('Running in foo');
  sleep(0);
  console.log('Explicit context switch to foo again');
}

function bar(): void {
  console.log('Explicit context to bar');
  sleep(0);
  console.log('Implicit context switch back to bar');
}

joinAll([spawn(foo), spawn(bar)]);
