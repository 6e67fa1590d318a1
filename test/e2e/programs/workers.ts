import { joinAll, sleep, spawn } from 'greenlets';
import { Pool } from 'greenlets/pool';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();

function consumer() {
  for (;;) jobs.get(); // consumer waits
}

function producer() {
  for (let turn = 0; turn < 250; turn++) {
    jobs.put(turn);
    sleep(0); // producer yields
  }
  return 'all sent';
}

function failing() {
  throw new RangeError('too far');
}

const consumers = Array.from({ length: 5 }, () => spawn(consumer)); // spawned
const others = [spawn(producer), spawn(failing)];
joinAll(others);
const mapped = spawn(() => new Pool(2).map(() => sleep(0.01), [1, 2]));
mapped.join(); // near the end
sleep(0.05);
console.log(consumers.length, 'consumers are left');
