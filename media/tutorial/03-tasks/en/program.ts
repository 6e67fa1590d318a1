// Ten tasks one after the other end in order; ten tasks at once end in the order of their random sleeps.
import { joinAll, sleep, spawn } from 'greenlets';

function task(pid: number): void {
  sleep(Math.floor(Math.random() * 3) * 0.001);
  console.log('Task', pid, 'done');
}

function synchronous(): void {
  for (let i = 0; i < 10; i++) task(i);
}

function asynchronous(): void {
  const tasks = [];
  for (let i = 0; i < 10; i++) tasks.push(spawn(task, i));
  joinAll(tasks);
}

console.log('Synchronous:');
synchronous();

console.log('Asynchronous:');
asynchronous();
