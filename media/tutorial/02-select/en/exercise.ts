// Three polls of 0.3 seconds take 0.9 seconds here, since main makes one after the other. Make them wait together.
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
