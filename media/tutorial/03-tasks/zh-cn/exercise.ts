// 任务同时进行，编号越小的越慢。请按编号的顺序打印它们的结果。
import { joinAll, sleep, spawn } from 'greenlets';

function task(pid: number): string {
  sleep((5 - pid) * 0.1);
  return `Task ${pid} done`;
}

const tasks = [0, 1, 2, 3, 4].map((pid) => spawn(task, pid));

// joinAll 按结束的先后返回这些 greenlet。
for (const each of joinAll(tasks)) console.log(each.value);
