// 带着值的事件：谁来取，就等到值出现为止。
import { joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';

const answer = new AsyncResult<string>();

// 0.3 秒后设置值：唤醒所有等它的 greenlet。
function setter(): void {
  sleep(0.3);
  answer.set('Hello!');
}

function waiter(): void {
  console.log(answer.get());
}

joinAll([spawn(setter), spawn(waiter)]);
