// map, imap and imapUnordered call a function once for each item, each call in a greenlet of its own.
import { getCurrent, sleep } from 'greenlets';
import { Group } from 'greenlets/pool';

const group = new Group();

function helloFrom(_n: number): void {
  console.log(`Size of group ${group.length}`);
  console.log(`Hello from Greenlet ${getCurrent()?.id}`);
}

// map waits for all calls.
group.map(helloFrom, [0, 1, 2]);

function intensive(n: number): string {
  // The first item takes the most turns.
  for (let i = 0; i < 2 * (3 - n); i++) sleep(0);
  return `('task', ${n})`;
}

console.log('Ordered');
const ordered = new Group();
// The loop waits for the next result in the order of the items.
for (const result of ordered.imap(intensive, [0, 1, 2])) console.log(result);

console.log('Unordered');
const unordered = new Group();
// The loop waits for whichever result comes first.
for (const result of unordered.imapUnordered(intensive, [0, 1, 2])) console.log(result);
