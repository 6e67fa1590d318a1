// 长轮询：询问消息的请求，等有了消息才得到回答。在那之前，它的 greenlet 一直等着。
import { joinAll, spawn } from 'greenlets';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';
import { Empty, Queue } from 'greenlets/queue';

const mailboxes = new Set<Queue<string>>();
const polling = new Queue<string>();

function answer(request: HttpRequest, response: HttpResponse): void {
  if (request.method === 'POST') response.json(post(request.text()));
  else response.json(poll(request.query.get('user') ?? '', Number(request.query.get('wait'))));
}

function post(message: string): number {
  for (const mailbox of mailboxes) mailbox.put(message);
  return mailboxes.size;
}

function poll(user: string, wait: number): string | null {
  const mailbox = new Queue<string>();
  mailbox.name = `mailbox of ${user}`;
  mailboxes.add(mailbox);
  polling.put(user);
  try {
    return mailbox.get({ timeout: wait });
  } catch (error) {
    if (!(error instanceof Empty)) throw error;
    return null;
  } finally {
    mailboxes.delete(mailbox);
  }
}

function ask(user: string, wait: number): string {
  return `${user} hears ${urlopen(`${url}?user=${user}&wait=${wait}`).text()}`;
}

const server = new HttpServer(['127.0.0.1', 0], answer);
server.start();
const url = `http://127.0.0.1:${server.serverPort}/`;

console.log(`Nobody speaks: ${ask('carl', 0.05)}`);
polling.get();

const listeners = [];
for (const user of ['ann', 'bob']) {
  listeners.push(spawn(ask, user, 600));
  console.log(`${polling.get()} polls`);
}
const reached = urlopen(url, { data: 'Hello World' }).json();
console.log(`posted to ${reached} mailboxes`);
for (const listener of joinAll(listeners).sort((a, b) => a.id - b.id)) console.log(listener.value);
server.stop();
