import { sleep } from 'greenlets';
import { Group, Pool } from 'greenlets/pool';
import { VirtualClock } from 'greenlets/testing';
import { print } from './python.ts';

// Sleeps that begin in one turn end together, however slow the machine is.
new VirtualClock().install();

function list<T>(iterable: Iterable<T>): T[] {
  const all: T[] = [];
  for (const each of iterable) all.push(each);
  return all;
}
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
let out: unknown[] = [];
function f(i: number) {
  out.push(i);
  return i;
}
print(list(new Pool(2).imapUnordered(f, range(6))), 'ran in order', out);
out = [];
print(list(new Pool(2).imap(f, range(6))), 'ran in order', out);
out = [];
function g(i: number) {
  out.push(`s${i}`);
  sleep(i % 2 ? 0 : 0.02);
  out.push(`e${i}`);
  return i;
}
print(list(new Pool(2).imapUnordered(g, range(6))));
print(out);
out = [];
print(list(new Group().imapUnordered(g, range(6))));
print(out);
out = [];
print('-- lazy? imap starts before iteration:');
let it = new Pool(2).imap(f, range(4));
sleep(0.02);
print(out);
list(it);
out = [];
print('-- maxsize bounds the finished results that wait:');
it = new Pool(10).imapUnordered(f, range(10), { maxsize: 2 });
sleep(0.02);
print('ran before the first next():', out);
list(it);
print(out);
