// A Greenlet made with new has only been made; start puts it into the hub's queue.
import { Greenlet, joinAll, sleep, spawn } from 'greenlets';

function foo(message: string, n: number): void {
  sleep(n);
  console.log(message);
}

const first = spawn(foo, 'Hello', 0.2);

// Makes a greenlet, and does nothing else.
const second = new Greenlet(foo, 'I live!', 0.1);
second.start();

joinAll([first, second]);
