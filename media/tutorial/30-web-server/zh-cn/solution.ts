// 不在页面列表里的，得到状态 404。
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

const pages = new Map([
  ['/', '<p>Hello World</p>'],
  ['/about', '<p>Made of greenlets</p>'],
]);

function answer(request: HttpRequest, response: HttpResponse): string {
  response.setHeader('Content-Type', 'text/html');
  const page = pages.get(request.path);
  if (page !== undefined) return page;
  response.status = 404;
  return '<p>Not Found</p>';
}

const server = new HttpServer(['127.0.0.1', 0], answer);
server.start();
for (const path of ['/', '/about', '/nowhere']) {
  const url = `http://127.0.0.1:${server.serverPort}${path}`;
  const response = urlopen(url, { raiseError: false });
  console.log(`${path}: ${response.status} ${response.text()}`);
}
server.stop();
