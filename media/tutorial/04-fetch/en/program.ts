// Nine requests one after the other, then nine at once, to a small server that takes its time.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { joinAll, result, sleep, spawn } from 'greenlets';

const server = createServer((_request, response) => {
  sleep(0.02 + Math.random() * 0.02);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ datetime: new Date().toISOString() }));
});

function fetchTime(pid: number): string {
  const { port } = server.address() as AddressInfo;
  const response = result(fetch(`http://127.0.0.1:${port}/time.json`));
  const { datetime } = result(response.json()) as { datetime: string };
  console.log('Process ', pid, datetime);
  return datetime;
}

function synchronous(): void {
  for (let i = 1; i < 10; i++) fetchTime(i);
}

function asynchronous(): void {
  const threads = [];
  for (let i = 1; i < 10; i++) threads.push(spawn(fetchTime, i));
  joinAll(threads);
}

server.listen(0, '127.0.0.1');
result(once(server, 'listening'));

console.log('Synchronous:');
synchronous();

console.log('Asynchronous:');
asynchronous();

server.close();
server.closeAllConnections();
