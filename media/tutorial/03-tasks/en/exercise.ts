// The tasks run at once, and those with a low number take longest. Print their results in the order of their numbers.
import { joinAll, sleep, spawn } from 'greenlets';

function task(pid: number): string {
  sleep((5 - pid) * 0.1);
  return `Task ${pid} done`;
}

const tasks = [0, 1, 2, 3, 4].map((pid) => spawn(task, pid));

// joinAll returns the greenlets in the order in which they ended.
for (const each of joinAll(tasks)) console.log(each.value);
