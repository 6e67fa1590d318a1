// Two messages come in quick succession, and each listener hears only the second.
import { spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { HttpServer, urlopen } from 'greenlets/http';
import { Queue } from 'greenlets/queue';

const ready = new Queue<string>();
const news = new Event();
let latest = '';

function publish(message: string): void {
  latest = message;
  news.set();
}

// Answers with the next two messages.
function listen(): string {
  ready.put('listening');
  const heard: string[] = [];
  while (heard.length < 2) {
    news.wait();
    heard.push(latest);
    news.clear();
    if (latest === 'second') break;
  }
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
