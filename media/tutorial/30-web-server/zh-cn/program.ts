// 一个 Web 服务器，处理函数直接返回页面，哪怕页面要花一点时间。
import { joinAll, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

const otherIsShown = new Event();

function hello(request: HttpRequest, response: HttpResponse): string {
  response.setHeader('Content-Type', 'text/html');
  // 代表一个慢数据库：它的结果来得比另一个页面还晚。
  if (request.path === '/slow') otherIsShown.wait();
  return request.path === '/slow' ? '<p>Slow World</p>' : '<p>Hello World</p>';
}

function visit(path: string): void {
  const response = urlopen(`http://127.0.0.1:${server.serverPort}${path}`);
  console.log(`HTTP/1.1 ${response.status} ${response.reason}`);
  console.log(`Content-Type: ${response.headers['content-type']}`);
  console.log(response.text());
  if (path === '/') otherIsShown.set();
}

const server = new HttpServer(['127.0.0.1', 0], hello);
server.start();
joinAll([spawn(visit, '/slow'), spawn(visit, '/')]);
server.stop();
