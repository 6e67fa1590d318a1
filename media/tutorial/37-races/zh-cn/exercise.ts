// 四个人买最后两张票，四个人都高高兴兴回家了。
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
  pay(name);
  tickets--;
}

joinAll(['ann', 'bob', 'carl', 'dora'].map((name) => spawn(buy, name)));
console.log(`${tickets} tickets are left`);
