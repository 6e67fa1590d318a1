// ping 和 pong 应当轮流说话，可 ping 一口气全说完了。请给两个循环各加一行。
import { joinAll, spawn } from 'greenlets';

function ping(): void {
  for (let i = 1; i <= 3; i++) {
    console.log('ping', i);
  }
}

function pong(): void {
  for (let i = 1; i <= 3; i++) {
    console.log('pong', i);
  }
}

joinAll([spawn(ping), spawn(pong)]);
