// Nine tasks one after the other end in order; ten tasks at once end in the order of their random sleeps.
import { joinAll, sleep, spawn } from 'greenlets';

function task(pid: number): void {
  sleep(Math.floor(Math.random() * 3) * 0.001);
  console.log('Task', pid, 'done');
}

function synchronous(): void {
  for (let i = 1; i < 10; i++) task(i);
}

function asynchronous(): void {
  const threads = [];
  for (let i = 0; i < 10; i++) threads.push(spawn(task, i));
  joinAll(threads);
}

console.log('Synchronous:');
synchronous();

console.log('Asynchronous:');
asynchronous();
