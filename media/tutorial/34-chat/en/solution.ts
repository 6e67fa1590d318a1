// No switch may come between asking for the room and putting it into the map.
import { joinAll, sleep, spawn } from 'greenlets';
import { type HttpRequest, HttpServer, urlopen } from 'greenlets/http';
import { Semaphore } from 'greenlets/lock';

interface Room {
  topic: string;
  heard: Map<string, string[]>;
}

const rooms = new Map<string, Room>();
// One greenlet at a time makes a room.
const making = new Semaphore(1);

// The topics are kept elsewhere, and take a moment.
function loadTopic(name: string): string {
  sleep(0.2);
  return `All about ${name}`;
}

function roomOf(name: string): Room {
  const held = making.hold();
  try {
    let room = rooms.get(name);
    if (room === undefined) {
      room = { topic: loadTopic(name), heard: new Map() };
      rooms.set(name, room);
    }
    return room;
  } finally {
    held.release();
  }
}

function chat(request: HttpRequest): string {
  const [, name = '', user = '', message] = request.path.split('/');
  const room = roomOf(name);
  if (message === undefined) {
    room.heard.set(user, []);
    return `${user} joins. ${room.topic}`;
  }
  for (const each of room.heard.values()) each.push(`${user}: ${message}`);
  return [...room.heard].map(([each, lines]) => `${each} has heard ${lines.length}`).join(', ');
}

function visit(path: string): string {
  return urlopen(`http://127.0.0.1:${server.serverPort}${path}`).text();
}

const server = new HttpServer(['127.0.0.1', 0], chat);
server.start();
const joining = [spawn(visit, '/cats/ann'), spawn(visit, '/cats/bob')];
joinAll(joining);
for (const each of joining) console.log(each.value);
console.log(`In all: ${visit('/cats/ann/meow').split(', ').sort().join(', ')}`);
server.stop();
