// 四个 greenlet，四种命运。请写出 report，说明每个的结局。
import { type Greenlet, GreenletExit, getHub, kill, sleep, spawn } from 'greenlets';

// 这个失败是故意的：不要把它打印到标准错误输出。
getHub().handleError = () => {};

function report(greenlet: Greenlet): string {
  return `${greenlet.name}: unknown`;
}

function finishes(): number {
  return 42;
}

function fails(): void {
  throw new Error('no luck');
}

function isKilled(): void {
  sleep(10);
}

function waits(): void {
  sleep(10);
}

const greenlets: Greenlet[] = [spawn(finishes), spawn(fails), spawn(isKilled), spawn(waits)];
sleep(0);
kill(greenlets[2] as Greenlet);
sleep(0);
for (const each of greenlets) console.log(report(each));
// 被终止的 greenlet 返回的是 GreenletExit。
console.log(greenlets[2]?.value instanceof GreenletExit);
