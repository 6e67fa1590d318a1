// The list that we made has the order that we want; get waits for one greenlet and returns its value.
import { sleep, spawn } from 'greenlets';

function task(pid: number): string {
  sleep((5 - pid) * 0.1);
  return `Task ${pid} done`;
}

const tasks = [0, 1, 2, 3, 4].map((pid) => spawn(task, pid));

for (const each of tasks) console.log(each.get());
