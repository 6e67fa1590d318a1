// 三次 0.3 秒的等待在这里要 0.9 秒，因为 main 一次接一次地等。请让它们一起等。
import { select } from 'greenlets/select';

const start = performance.now();

function poll(name: string): void {
  console.log('started', name);
  select([], [], [], 0.3);
  console.log('ended', name);
}

poll('a');
poll('b');
poll('c');

const seconds = (performance.now() - start) / 1000;
console.log(seconds < 0.8 ? 'all in the time of one' : 'one after the other');
