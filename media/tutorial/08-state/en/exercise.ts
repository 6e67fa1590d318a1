// Four greenlets, four fates. Write `report` so that it says of each which one it is.
import { type Greenlet, GreenletExit, getHub, kill, sleep, spawn } from 'greenlets';

// The failure is wanted: do not print it to stderr.
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
// GreenletExit is what a killed greenlet returns.
console.log(greenlets[2]?.value instanceof GreenletExit);
