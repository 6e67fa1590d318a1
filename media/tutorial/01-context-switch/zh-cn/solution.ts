// 每说一行就让出一次：sleep(0) 使它排到 hub 队列的末尾。
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
