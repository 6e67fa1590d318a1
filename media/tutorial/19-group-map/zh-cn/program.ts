// map、imap、imapUnordered 对每一项调用一次函数，每次调用都在自己的 greenlet 里。
import { getCurrent, sleep } from 'greenlets';
import { Group } from 'greenlets/pool';

const group = new Group();

function helloFrom(_n: number): void {
  console.log(`Size of group ${group.length}`);
  console.log(`Hello from Greenlet ${getCurrent()?.id}`);
}

// map 等待所有调用结束。
group.map(helloFrom, [0, 1, 2]);

function intensive(n: number): string {
  // 第一项需要的轮次最多。
  for (let i = 0; i < 2 * (3 - n); i++) sleep(0);
  return `('task', ${n})`;
}

console.log('Ordered');
const ordered = new Group();
// 循环按各项的顺序等待下一个结果。
for (const result of ordered.imap(intensive, [0, 1, 2])) console.log(result);

console.log('Unordered');
const unordered = new Group();
// 循环等待最先到来的那个结果。
for (const result of unordered.imapUnordered(intensive, [0, 1, 2])) console.log(result);
