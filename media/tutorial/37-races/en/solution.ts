// The ticket is taken where it was looked for, before anybody else can run.
import { joinAll, sleep, spawn } from 'greenlets';

let tickets = 2;

function pay(name: string): void {
  sleep(0);
  console.log(`${name} has paid`);
}

function buy(name: string): void {
  if (tickets === 0) {
    console.log(`${name} comes too late`);
    return;
  }
  tickets--;
  pay(name);
}

joinAll(['ann', 'bob', 'carl', 'dora'].map((name) => spawn(buy, name)));
console.log(`${tickets} tickets are left`);
