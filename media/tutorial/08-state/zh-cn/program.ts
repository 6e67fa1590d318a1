// greenlet 会说明自己的状态：一个成功，一个失败。
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

// 错误留在它自己的 greenlet 里：joinAll 不会抛出它。
joinAll([winner, loser]);

console.log(winner.value);
console.log(loser.value);

console.log(winner.ready());
console.log(loser.ready());

console.log(winner.successful());
console.log(loser.successful());

console.log((loser.exception as Error).message);
