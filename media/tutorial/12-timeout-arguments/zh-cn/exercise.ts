// 半秒后还没回答的，就算 nothing。有个选项可以做到，不需要 try。
import { sleep, withTimeout } from 'greenlets';

function ask(name: string, seconds: number): string {
  sleep(seconds);
  return `${name} has answered`;
}

console.log(withTimeout(0.5, () => ask('The hare', 0.05)));
console.log(withTimeout(0.5, () => ask('The tortoise', 5)));
