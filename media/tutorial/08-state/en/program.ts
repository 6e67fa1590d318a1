// What a greenlet says of itself: one that wins, and one that fails.
import { joinAll, spawn } from 'greenlets';

function win(): string {
  return 'You win!';
}

function fail(): void {
  throw new Error('You fail at failing.');
}

const winner = spawn(win);
const loser = spawn(fail);

console.log(winner.started);
console.log(loser.started);

// An error stays inside its greenlet: joinAll does not throw it.
joinAll([winner, loser]);

console.log(winner.value);
console.log(loser.value);

console.log(winner.ready());
console.log(loser.ready());

console.log(winner.successful());
console.log(loser.successful());

console.log((loser.exception as Error).message);
