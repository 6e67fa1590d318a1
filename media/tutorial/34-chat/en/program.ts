// A chat: rooms, users who join and speak over HTTP, and long polling for what the others say.
import { joinAll, spawn } from 'greenlets';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';
import { Empty, Queue } from 'greenlets/queue';

// Who has begun to listen.
const listening = new Queue<string>();

class Room {
  readonly messages: string[] = [];
  readonly users = new Map<string, Queue<string>>();

  // Returns what was said before.
  join(user: string): string[] {
    const mailbox = new Queue<string>();
    mailbox.name = `mailbox of ${user}`;
    this.users.set(user, mailbox);
    return this.messages;
  }

  say(message: string): void {
    this.messages.push(message);
    for (const mailbox of this.users.values()) mailbox.put(message);
  }

  // Waits for the next message.
  hear(user: string, wait: number): string | string[] {
    listening.put(user);
    try {
      return this.users.get(user)?.get({ timeout: wait }) ?? [];
    } catch (error) {
      if (!(error instanceof Empty)) throw error;
      return [];
    }
  }
}

const rooms = new Map<string, Room>();

function roomOf(name: string): Room {
  let room = rooms.get(name);
  if (room === undefined) {
    room = new Room();
    rooms.set(name, room);
  }
  return room;
}

// Paths: /ROOM/USER/join, /ROOM/USER/say with the text as the body, /ROOM/USER/hear?wait=SECONDS.
function chat(request: HttpRequest, response: HttpResponse): void {
  const [, name = '', user = '', verb = ''] = request.path.split('/');
  const room = roomOf(name);
  if (verb === 'join') response.json(room.join(user));
  else if (verb === 'hear') response.json(room.hear(user, Number(request.query.get('wait'))));
  else room.say(`${user}:${request.text()}`);
}

const server = new HttpServer(['127.0.0.1', 0], chat);
server.start();

function call(user: string, verb: string, data?: string): string {
  return urlopen(`http://127.0.0.1:${server.serverPort}/lobby/${user}/${verb}`, { data }).text();
}

console.log(`ann joins ${call('ann', 'join')}`);
console.log(`bob joins ${call('bob', 'join')}`);

const bob = spawn(call, 'bob', 'hear?wait=600');
const ann = spawn(call, 'ann', 'hear?wait=600');
// Both listen before ann says something.
listening.get();
listening.get();
call('ann', 'say', 'hi');
joinAll([bob, ann]);
console.log(`bob hears ${bob.value}`);
console.log(`ann hears ${ann.value}`);

console.log(`ann again (times out) ${call('ann', 'hear?wait=0.05')}`);
console.log(`carl joins late ${call('carl', 'join')}`);
server.stop();
