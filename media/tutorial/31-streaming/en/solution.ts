// Each piece is written when it is known, and the client has it at once.
import { sleep } from 'greenlets';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

function progress(_request: HttpRequest, response: HttpResponse): void {
  for (const percent of [30, 60, 90]) {
    console.log(`server: ${percent}%`);
    response.write(`${percent}%\n`);
    sleep(0.15);
  }
}

const server = new HttpServer(['127.0.0.1', 0], progress);
server.start();
const response = urlopen(`http://127.0.0.1:${server.serverPort}/`);
for (let piece = response.recv(); piece.length > 0; piece = response.recv()) {
  for (const line of piece.toString().trimEnd().split('\n')) console.log(`client: ${line}`);
}
server.stop();
