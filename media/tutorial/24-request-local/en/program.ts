// A web server that remembers, in a Local, whose request it is: each request runs in a greenlet of its own.
import { joinAll, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { type HttpRequest, HttpServer, urlopen } from 'greenlets/http';
import { Local } from 'greenlets/local';

const context = new Local() as Local & { user: string };
const annHasBegun = new Event();
const bobIsDone = new Event();

// Knows nothing of requests, and needs no parameter for the user.
function log(what: string): void {
  console.log(`[${context.user}] ${what}`);
}

function answer(request: HttpRequest): string {
  context.user = request.query.get('user') ?? 'nobody';
  log('begins');
  annHasBegun.set();
  // ann's answer takes longer than all of bob's request.
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
