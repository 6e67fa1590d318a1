// 一个对象，两个 greenlet，各自在里面有自己的属性。
import { joinAll, spawn } from 'greenlets';
import { Local } from 'greenlets/local';

const stash = new Local();

function f1(): void {
  stash.x = 1;
  console.log(stash.x);
}

function f2(): void {
  stash.y = 2;
  console.log(stash.y);
  if (!('x' in stash)) console.log('x is not local to f2');
}

joinAll([spawn(f1), spawn(f2)]);
