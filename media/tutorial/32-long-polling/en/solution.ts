// A queue for each listener keeps every message until it is taken.
import { spawn } from 'greenlets';
import { HttpServer, urlopen } from 'greenlets/http';
import { Queue } from 'greenlets/queue';

const ready = new Queue<string>();
const mailboxes = new Set<Queue<string>>();

function publish(message: string): void {
  for (const mailbox of mailboxes) mailbox.put(message);
}

// Answers with the next two messages.
function listen(): string {
  const mailbox = new Queue<string>();
  mailboxes.add(mailbox);
  ready.put('listening');
  const heard: string[] = [];
  while (heard.length < 2) heard.push(mailbox.get());
  mailboxes.delete(mailbox);
  return heard.join(', ');
}

function ask(): string {
  return urlopen(`http://127.0.0.1:${server.serverPort}/`).text();
}

const server = new HttpServer(['127.0.0.1', 0], listen);
server.start();
const listeners = [spawn(ask), spawn(ask)];
for (const _ of listeners) ready.get();
publish('first');
publish('second');
for (const listener of listeners) console.log(`heard: ${listener.get()}`);
server.stop();
