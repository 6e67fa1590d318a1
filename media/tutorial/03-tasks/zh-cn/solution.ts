// 我们自己的列表就是想要的顺序；get 等一个 greenlet 结束并返回它的值。
import { sleep, spawn } from 'greenlets';

function task(pid: number): string {
  sleep((5 - pid) * 0.1);
  return `Task ${pid} done`;
}

const tasks = [0, 1, 2, 3, 4].map((pid) => spawn(task, pid));

for (const each of tasks) console.log(each.get());
