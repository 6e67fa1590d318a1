// 给了 timeoutValue，超时就不抛出错误，而是返回这个值。
import { sleep, withTimeout } from 'greenlets';

function ask(name: string, seconds: number): string {
  sleep(seconds);
  return `${name} has answered`;
}

const timeoutValue = 'nothing';
console.log(withTimeout(0.5, () => ask('The hare', 0.05), { timeoutValue }));
console.log(withTimeout(0.5, () => ask('The tortoise', 5), { timeoutValue }));
