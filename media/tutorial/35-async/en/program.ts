// async functions are greenlets too: a call starts one, and each await parks it until the promise is settled.
import { setImmediate as nextPacket } from 'node:timers/promises';
import { result, sleep, spawn } from 'greenlets';

async function download(name: string, packets: number): Promise<string> {
  console.log(`${name} begins`);
  for (let i = 0; i < packets; i++) await nextPacket();
  console.log(`${name} has arrived`);
  return name;
}

async function downloadBoth(): Promise<string[]> {
  // Both begin at once, since nobody waits between the two calls.
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
// Blocks main, without an await, until the promise has its value.
console.log(result(both).join(', '));
