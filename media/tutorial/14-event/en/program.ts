// One greenlet sets an event; five wait for it.
import { joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';

const event = new Event();

function setter(): void {
  console.log('A: Hey wait for me, I have to do something');
  sleep(0.3);
  console.log("Ok, I'm done");
  event.set();
}

function waiter(): void {
  console.log("I'll wait for you");
  event.wait();
  console.log("It's about time");
}

joinAll([spawn(setter), spawn(waiter), spawn(waiter), spawn(waiter), spawn(waiter), spawn(waiter)]);
