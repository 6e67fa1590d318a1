// 计算一失败，就没有人去设置结果，等的人只能永远等下去。请把错误转交给他们。
import { joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';

const answer = new AsyncResult<number>();

function divide(a: number, b: number): number {
  sleep(0.1);
  if (b === 0) throw new Error('division by zero');
  return a / b;
}

function setter(): void {
  answer.set(divide(1, 0));
}

function waiter(): void {
  try {
    console.log('The answer is', answer.get());
  } catch (error) {
    console.log('No answer:', (error as Error).message);
  }
}

joinAll([spawn(setter), spawn(waiter), spawn(waiter)]);
