/** Work of four kinds, for what a debugger adds to each. Prints the nanoseconds of one unit of each. */
import { joinAll, sleep, spawn } from 'greenlets';
import { StreamServer } from 'greenlets/server';
import { createConnection, type StreamSocket } from 'greenlets/socket';

const figures: Record<string, number> = {};

function measure(name: string, count: number, work: (count: number) => void): void {
  work(count / 10);
  const start = performance.now();
  work(count);
  figures[name] = ((performance.now() - start) / count) * 1e6;
}

function switches(count: number): void {
  const one = () => {
    for (let i = 0; i < count / 10; i++) sleep(0);
  };
  joinAll(Array.from({ length: 10 }, () => spawn(one)));
}

function fibonacci(n: number): number {
  if (n < 0) sleep(0);
  return n < 2 ? 1 : fibonacci(n - 1) + fibonacci(n - 2);
}

/** Each unit is a call of fibonacci(15): 1,973 calls, each of which could switch. */
function calls(count: number): void {
  for (let i = 0; i < count; i++) fibonacci(15);
}

function throws(count: number): void {
  for (let i = 0; i < count; i++) {
    try {
      throwing(i);
    } catch {}
  }
}

function throwing(i: number): void {
  throw new RangeError(`Number ${i}`);
}

/** Each unit is a request and its answer, over a socket. */
function requests(count: number): void {
  const echo = (socket: StreamSocket) => {
    for (;;) {
      const data = socket.recv(4096);
      if (data.length === 0) return;
      socket.sendAll(data);
    }
  };
  const server = new StreamServer(['127.0.0.1', 0], echo);
  server.start();
  const client = () => {
    const socket = createConnection(['127.0.0.1', server.serverPort ?? 0]);
    for (let i = 0; i < count / 20; i++) {
      socket.sendAll('hello');
      socket.recv(4096);
    }
    socket.close();
  };
  joinAll(Array.from({ length: 20 }, () => spawn(client)));
  server.stop();
}

measure('switch-heavy', 1e6, switches);
measure('call-heavy', 2000, calls);
measure('I/O-heavy', 2e4, requests);
measure('throw-heavy', 300, throws);
console.log(JSON.stringify(figures));
