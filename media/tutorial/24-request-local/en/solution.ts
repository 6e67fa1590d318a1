// What another greenlet needs is passed to it: a Local ends at the greenlet's edge.
import { spawn } from 'greenlets';
import { type HttpRequest, HttpServer, urlopen } from 'greenlets/http';
import { Local } from 'greenlets/local';
import { Queue } from 'greenlets/queue';

const context = new Local() as Local & { user?: string };
const sent = new Queue<string>();

function sendMail(subject: string, user: string): void {
  sent.put(`${subject} for ${user}`);
}

function order(request: HttpRequest): string {
  context.user = request.query.get('user') ?? 'nobody';
  spawn(sendMail, 'Order received', context.user);
  return `Thank you, ${context.user}`;
}

const server = new HttpServer(['127.0.0.1', 0], order);
server.start();
for (const user of ['ann', 'bob']) {
  console.log(urlopen(`http://127.0.0.1:${server.serverPort}/?user=${user}`).text());
  console.log(sent.get());
}
server.stop();
