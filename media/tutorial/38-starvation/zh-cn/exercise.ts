// 找出一个 bug：消费者一直在等队列，可进度到最后才显示出来。
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();
let done = 0;

function consume(): void {
  while (!jobs.empty()) {
    // 这里会阻塞，所以别人可以运行。真的吗？
    jobs.get();
    done++;
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
