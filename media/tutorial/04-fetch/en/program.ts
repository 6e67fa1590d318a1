// Nine requests one after the other, then nine at once, to a server that takes its time.
import { joinAll, sleep, spawn } from 'greenlets';
import { HttpServer, urlopen } from 'greenlets/http';

// Each request costs this server a tenth of a second. The port 0 means: any that is free.
const server = new HttpServer(['127.0.0.1', 0], () => {
  sleep(0.1);
  return JSON.stringify({ datetime: '2020-01-01 00:00:00' });
});

function fetchTime(pid: number): void {
  const response = urlopen(`http://127.0.0.1:${server.serverPort}/time.json`);
  const { datetime } = response.json<{ datetime: string }>();
  console.log(`Process ${pid}: ${datetime}`);
}

function synchronous(): void {
  for (let i = 1; i < 10; i++) fetchTime(i);
}

function asynchronous(): void {
  const requests = [];
  for (let i = 1; i < 10; i++) requests.push(spawn(fetchTime, i));
  joinAll(requests);
}

function timed(title: string, work: () => void): void {
  console.log(`${title}:`);
  const start = performance.now();
  work();
  console.log(`took about ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

server.start();
timed('Synchronous', synchronous);
timed('Asynchronous', asynchronous);
server.stop();
