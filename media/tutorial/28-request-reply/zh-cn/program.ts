// 请求与应答：服务端提问，客户端回答；各自阻塞到对方开口为止。
import { joinAll, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const requests = new Queue<string>();
const replies = new Queue<string>();

function server(): void {
  for (let request = 1; request < 10; request++) {
    requests.put('Hello');
    console.log(`Switched to Server for ${request}`);
    // 阻塞到有应答为止：切换就发生在这里。
    replies.get();
  }
}

function client(): void {
  for (let request = 1; request < 10; request++) {
    requests.get();
    console.log(`Switched to Client for ${request}`);
    replies.put('World');
  }
}

joinAll([spawn(server), spawn(client)]);
