/** What a greenlet costs from its spawn to its end. Prints figures. */
import { type Greenlet, spawn } from 'greenlets';

const COUNT = 1e5;

function add(a: number, b: number): number {
  return a + b;
}

function spawnAndJoin(count: number): void {
  const all: Greenlet[] = [];
  for (let i = 0; i < count; i++) all.push(spawn(add, i, i));
  for (const each of all) each.join();
}

spawnAndJoin(COUNT / 10);
const start = performance.now();
spawnAndJoin(COUNT);
console.log(JSON.stringify({ 'spawn and join': ((performance.now() - start) / COUNT) * 1e6 }));
