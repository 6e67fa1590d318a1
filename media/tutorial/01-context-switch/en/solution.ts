// Each gives way after every line: with sleep(0) it goes to the end of the hub's queue.
import { joinAll, sleep, spawn } from 'greenlets';

function ping(): void {
  for (let i = 1; i <= 3; i++) {
    console.log('ping', i);
    sleep(0);
  }
}

function pong(): void {
  for (let i = 1; i <= 3; i++) {
    console.log('pong', i);
    sleep(0);
  }
}

joinAll([spawn(ping), spawn(pong)]);
