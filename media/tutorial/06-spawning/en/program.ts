// Three ways to spawn a greenlet.
import { Greenlet, joinAll, sleep, spawn } from 'greenlets';

function foo(message: string, n: number): void {
  sleep(n);
  console.log(message);
}

// Makes a greenlet that runs foo with these arguments, and puts it into the queue.
const first = Greenlet.spawn(foo, 'Hello', 0.1);

// The same, shorter.
const second = spawn(foo, 'I live!', 0.2);

// Any function will do.
const third = spawn((x: number) => x + 1, 2);

joinAll([first, second, third]);
