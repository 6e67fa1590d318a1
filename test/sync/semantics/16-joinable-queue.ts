import { joinAll, killAll, sleep, spawn } from 'greenlets';
import {
  Channel,
  Empty,
  Full,
  JoinableQueue,
  LifoQueue,
  PriorityQueue,
  Queue,
} from 'greenlets/queue';
import { print } from './python.ts';

const q = new JoinableQueue<number>();
print('join on empty ->', q.join());
function worker() {
  for (;;) {
    const i = q.get();
    try {
      print('work', i);
      sleep(0);
    } finally {
      q.taskDone();
      print('done', i, 'unfinished', q.unfinishedTasks);
    }
  }
}
const ws = [0, 1].map(() => spawn(worker));
for (let i = 0; i < 4; i++) q.put(i);
print('unfinished', q.unfinishedTasks, 'join(timeout=0.0001) ->', q.join(0));
print('join ->', q.join());
killAll(ws);
try {
  q.taskDone();
} catch (e) {
  // A RangeError, which speaks of taskDone().
  print('ValueError', (e as Error).message.replace('taskDone', 'task_done'));
}
print('-- PriorityQueue / LifoQueue');
const p = new PriorityQueue<number>();
for (const x of [3, 1, 2]) p.put(x);
print([p.get(), p.get(), p.get()]);
const l = new LifoQueue<number>();
for (const x of [3, 1, 2]) l.put(x);
print(l.peek(), [l.get(), l.get(), l.get()]);
print('-- PriorityQueue with a waiting getter: the getter gets the smallest at wake-up time');
const p2 = new PriorityQueue<number>();
const g = spawn(() => p2.get());
sleep(0);
p2.put(5);
p2.put(1);
print(g.get(), p2.get());
print('-- Channel: rendezvous');
const c = new Channel<number>();
function snd() {
  for (let i = 0; i < 2; i++) {
    print('put', i);
    c.put(i);
    print('put', i, 'returned');
  }
}
function rcv() {
  for (let i = 0; i < 2; i++) print('got', c.get());
}
joinAll([spawn(snd), spawn(rcv)]);
print('balance', c.balance, 'qsize', c.qsize(), 'empty', c.empty(), 'full', c.full());
try {
  c.put(1, { block: false });
} catch (e) {
  if (e instanceof Full) print('Full');
}
try {
  c.get({ timeout: 0.01 });
} catch (e) {
  if (e instanceof Empty) print('Empty');
}
// Left out here and in the output: gevent's lines on Python's own SimpleQueue, and on the warning of Queue(0).
print('-- copy, items, maxsize setter');
const bounded = new Queue(5, [1, 2]);
const shown = String(bounded).replace('[1,2]', 'deque([1, 2])');
print(bounded.copy().toArray(), bounded.maxsize, shown);
bounded.maxsize = undefined;
print(bounded.maxsize);
