// Actors: greenlets that share nothing. Each has an inbox, and does one message after the other.
import { Greenlet, joinAll, sleep } from 'greenlets';
import { Queue } from 'greenlets/queue';

abstract class Actor extends Greenlet {
  readonly inbox = new Queue<string>();
  // How many messages it takes before it ends.
  messages = 3;

  abstract receive(message: string): void;

  override run(): void {
    for (; this.messages > 0; this.messages--) this.receive(this.inbox.get());
  }
}

class Pinger extends Actor {
  receive(message: string): void {
    console.log(message);
    pong.inbox.put('ping');
    sleep(0);
  }
}

class Ponger extends Actor {
  receive(message: string): void {
    console.log(message);
    ping.inbox.put('pong');
    sleep(0);
  }
}

const ping = new Pinger();
const pong = new Ponger();
ping.name = 'ping';
pong.name = 'pong';
ping.inbox.name = 'inbox of ping';
pong.inbox.name = 'inbox of pong';
ping.start();
pong.start();

ping.inbox.put('start');
joinAll([ping, pong]);
