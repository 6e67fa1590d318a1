// get 拿得到东西时立刻返回，别人不会运行。要处理很多东西的人，得自己让出。
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();
let done = 0;

function consume(): void {
  while (!jobs.empty()) {
    jobs.get();
    done++;
    sleep(0);
  }
}

function showProgress(): void {
  while (done < 6) {
    console.log(`${done} of 6 are done`);
    sleep(0);
  }
  console.log('All are done.');
}

for (let i = 0; i < 6; i++) jobs.put(i);
joinAll([spawn(showProgress), spawn(consume)]);
