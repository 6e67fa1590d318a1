// Asks a slow server for nine squares and adds them up. Ask for all of them at once; the sum stays the same.
import { sleep } from 'greenlets';
import { HttpServer, urlopen } from 'greenlets/http';

const server = new HttpServer(['127.0.0.1', 0], ({ path }) => {
  sleep(0.1);
  return String(Number(path.slice(1)) ** 2);
});

function square(n: number): number {
  return Number(urlopen(`http://127.0.0.1:${server.serverPort}/${n}`).text());
}

server.start();
const start = performance.now();

let sum = 0;
for (let n = 1; n < 10; n++) sum += square(n);

const seconds = (performance.now() - start) / 1000;
console.log('Sum', sum);
console.log(seconds < 0.8 ? 'asked for all at once' : 'asked one after the other');
server.stop();
