// Group 把 greenlet 归到一起：一次 join 就等到所有成员结束。
import { spawn } from 'greenlets';
import { Group } from 'greenlets/pool';

function talk(message: string): void {
  for (let i = 0; i < 3; i++) console.log(message);
}

const bar = spawn(talk, 'bar');
const foo = spawn(talk, 'foo');
const fizz = spawn(talk, 'fizz');

const group = new Group();
group.add(bar);
group.add(foo);
// main 等到组变空为止。fizz 还不是成员，但它照样会运行。
group.join();

group.add(fizz);
group.join();
