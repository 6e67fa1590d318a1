// 一个 Web 服务器，用 Local 记住当前请求属于谁：每个请求都在自己的 greenlet 里运行。
import { joinAll, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { type HttpRequest, HttpServer, urlopen } from 'greenlets/http';
import { Local } from 'greenlets/local';

const context = new Local() as Local & { user: string };
const annHasBegun = new Event();
const bobIsDone = new Event();

// 不知道请求是什么，也不需要传入用户参数。
function log(what: string): void {
  console.log(`[${context.user}] ${what}`);
}

function answer(request: HttpRequest): string {
  context.user = request.query.get('user') ?? 'nobody';
  log('begins');
  annHasBegun.set();
  // ann 的回答比 bob 的整个请求还要久。
  if (context.user === 'ann') bobIsDone.wait();
  log('ends');
  return `Hello ${context.user}`;
}

function ask(url: string): void {
  console.log(urlopen(url).text());
}

const server = new HttpServer(['127.0.0.1', 0], answer);
server.start();
const url = `http://127.0.0.1:${server.serverPort}/`;

const ann = spawn(ask, `${url}?user=ann`);
annHasBegun.wait();
ask(`${url}?user=bob`);
bobIsDone.set();
joinAll([ann]);
server.stop();
