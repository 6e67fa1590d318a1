// 十个任务一个接一个地做，按顺序结束；十个任务一起做，谁先睡醒谁先结束。
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
