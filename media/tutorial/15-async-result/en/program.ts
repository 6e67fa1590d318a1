// An event that carries a value: whoever gets it waits until it is there.
import { joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';

const answer = new AsyncResult<string>();

// After 0.3 seconds, sets the value: everyone who waits for it is woken.
function setter(): void {
  sleep(0.3);
  answer.set('Hello!');
}

function waiter(): void {
  console.log(answer.get());
}

joinAll([spawn(setter), spawn(waiter)]);
