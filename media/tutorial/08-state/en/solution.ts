// ready: has it ended? successful: without an error? A kill counts as an end without one; its value tells.
import { type Greenlet, GreenletExit, getHub, kill, sleep, spawn } from 'greenlets';

// The failure is wanted: do not print it to stderr.
getHub().handleError = () => {};

function report(greenlet: Greenlet): string {
  const { name, value, exception } = greenlet;
  if (!greenlet.ready()) return `${name}: still waits`;
  if (!greenlet.successful()) return `${name}: failed with ${(exception as Error).message}`;
  if (value instanceof GreenletExit) return `${name}: was killed`;
  return `${name}: returned ${value}`;
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
