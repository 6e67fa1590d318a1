// The progress arrives when all is over: the server collects what it should send at once.
import { sleep } from 'greenlets';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

function progress(_request: HttpRequest, _response: HttpResponse): string {
  let body = '';
  for (const percent of [30, 60, 90]) {
    console.log(`server: ${percent}%`);
    body += `${percent}%\n`;
    sleep(0.15);
  }
  return body;
}

const server = new HttpServer(['127.0.0.1', 0], progress);
server.start();
const response = urlopen(`http://127.0.0.1:${server.serverPort}/`);
for (let piece = response.recv(); piece.length > 0; piece = response.recv()) {
  for (const line of piece.toString().trimEnd().split('\n')) console.log(`client: ${line}`);
}
server.stop();
