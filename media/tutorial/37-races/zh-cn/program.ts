// 跨越 yield 的竞态：读与写之间别人也写了，于是那一次更新就丢了。
import { joinAll, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

let visitors = 0;
const lock = new Semaphore(1);

// 看起来无害，却可能切换：从外面看不出来。
function audit(): void {
  sleep(0);
}

function count(): void {
  const before = visitors;
  audit();
  visitors = before + 1;
}

function countLocked(): void {
  const held = lock.hold();
  try {
    count();
  } finally {
    held.release();
  }
}

joinAll([spawn(count), spawn(count), spawn(count)]);
console.log(`Without a lock: ${visitors} of 3`);

visitors = 0;
joinAll([spawn(countLocked), spawn(countLocked), spawn(countLocked)]);
console.log(`With a lock: ${visitors} of 3`);
