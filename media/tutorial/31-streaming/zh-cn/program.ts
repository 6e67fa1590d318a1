// 一段一段发送的正文：第二段还没做好，客户端已经在读第一段了。
import { Event } from 'greenlets/event';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

const firstIsRead = new Event();

function stream(_request: HttpRequest, response: HttpResponse): void {
  response.setHeader('Content-Type', 'text/html');
  response.write('<p>Hello');
  // 客户端拿到第一段之后才做第二段：可见第一段真的发出去了。
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
