// 聊天室：房间、通过 HTTP 加入和发言的用户，以及用长轮询收听别人说的话。
import { joinAll, spawn } from 'greenlets';
import { type HttpRequest, type HttpResponse, HttpServer, urlopen } from 'greenlets/http';
import { Empty, Queue } from 'greenlets/queue';

// 已经开始收听的人。
const listening = new Queue<string>();

class Room {
  readonly messages: string[] = [];
  readonly users = new Map<string, Queue<string>>();

  // 返回之前说过的话。
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

  // 等待下一条消息。
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

// 路径：/ROOM/USER/join；/ROOM/USER/say，正文是要说的话；/ROOM/USER/hear?wait=SECONDS。
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
// 两人都在听了，ann 才说话。
listening.get();
listening.get();
call('ann', 'say', 'hi');
joinAll([bob, ann]);
console.log(`bob hears ${bob.value}`);
console.log(`ann hears ${ann.value}`);

console.log(`ann again (times out) ${call('ann', 'hear?wait=0.05')}`);
console.log(`carl joins late ${call('carl', 'join')}`);
server.stop();
