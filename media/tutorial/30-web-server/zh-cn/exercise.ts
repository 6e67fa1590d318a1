// 不存在的页面不该回答 200 OK。
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';

const pages = new Map([
  ['/', '<p>Hello World</p>'],
  ['/about', '<p>Made of greenlets</p>'],
]);

function answer(request: HttpRequest, response: HttpResponse): string {
  response.setHeader('Content-Type', 'text/html');
  // TODO：其余路径都回答状态 404 和 `<p>Not Found</p>`。
  return pages.get(request.path) ?? '';
}

const server = new HttpServer(['127.0.0.1', 0], answer);
server.start();
for (const path of ['/', '/about', '/nowhere']) {
  const url = `http://127.0.0.1:${server.serverPort}${path}`;
  const response = urlopen(url, { raiseError: false });
  console.log(`${path}: ${response.status} ${response.text()}`);
}
server.stop();
