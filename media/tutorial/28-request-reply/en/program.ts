// Request and reply: the server asks, the client answers; each blocks until the other has spoken.
import { joinAll, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const requests = new Queue<string>();
const replies = new Queue<string>();

function server(): void {
  for (let request = 1; request < 10; request++) {
    requests.put('Hello');
    console.log(`Switched to Server for ${request}`);
    // Blocks until a reply is there: the switch happens here.
    replies.get();
  }
}

function client(): void {
  for (let request = 1; request < 10; request++) {
    requests.get();
    console.log(`Switched to Client for ${request}`);
    replies.put('World');
  }
}

joinAll([spawn(server), spawn(client)]);
