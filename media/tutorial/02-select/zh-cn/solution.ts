// 每次等待都有自己的 greenlet，main 等这三个结束。
import { joinAll, spawn } from 'greenlets';
import { select } from 'greenlets/select';

const start = performance.now();

function poll(name: string): void {
  console.log('started', name);
  select([], [], [], 0.3);
  console.log('ended', name);
}

joinAll([spawn(poll, 'a'), spawn(poll, 'b'), spawn(poll, 'c')]);

const seconds = (performance.now() - start) / 1000;
console.log(seconds < 0.8 ? 'all in the time of one' : 'one after the other');
