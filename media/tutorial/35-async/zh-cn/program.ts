// async 函数也是 greenlet：调用就启动一个，每个 await 把它挂起，直到 promise 有了结果。
import { setImmediate as nextPacket } from 'node:timers/promises';
import { result, sleep, spawn } from 'greenlets';

async function download(name: string, packets: number): Promise<string> {
  console.log(`${name} begins`);
  for (let i = 0; i < packets; i++) await nextPacket();
  console.log(`${name} has arrived`);
  return name;
}

async function downloadBoth(): Promise<string[]> {
  // 两个同时开始，因为两次调用之间没有人等待。
  const slow = download('slow', 2);
  const fast = download('fast', 1);
  return [await fast, await slow];
}

function tick(): void {
  for (let i = 1; i <= 2; i++) {
    console.log(`tick ${i}`);
    sleep(0);
  }
}

spawn(tick);
const both = downloadBoth();
console.log('main goes on');
// 不用 await 就让 main 阻塞，直到 promise 有了值。
console.log(result(both).join(', '));
