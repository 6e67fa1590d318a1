// A body that is sent piece by piece: the client reads the first one while the second is still being made.
import { Event } from 'greenlets/event';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

const firstIsRead = new Event();

function stream(_request: HttpRequest, response: HttpResponse): void {
  response.setHeader('Content-Type', 'text/html');
  response.write('<p>Hello');
  // The second piece is made when the client has the first: it has really been sent.
  firstIsRead.wait();
  console.log('server: the client has read');
  response.write(' World</p>');
}

const server = new HttpServer(['127.0.0.1', 0], stream);
server.start();

const response = urlopen(`http://127.0.0.1:${server.serverPort}/`);
console.log(`Transfer-Encoding: ${response.headers['transfer-encoding']}`);
for (let piece = response.recv(); piece.length > 0; piece = response.recv()) {
  console.log(`client: ${piece}`);
  firstIsRead.set();
}
server.stop();
