// Left out: the error's class hierarchy and the text that names the hub; ours names the greenlets (test/sync/deadlocks.test.ts).
import { joinAll, LoopExit, sleep, spawn, wait } from 'greenlets';
import { Event } from 'greenlets/event';
import { Queue } from 'greenlets/queue';
import { print } from './python.ts';

function show(title: string, f: () => unknown) {
  print('==', title);
  try {
    print('->', f());
  } catch (e) {
    if (!(e instanceof LoopExit)) throw e;
    print(e.message.split('\n')[0]);
  }
}
show('Event().wait() in main, nothing else', () => new Event().wait());
show('joinall of two deadlocked greenlets', () => {
  const a = new Queue();
  const b = new Queue();
  const g1 = spawn(() => a.get());
  const g2 = spawn(() => b.get());
  try {
    joinAll([g1, g2]);
  } finally {
    print('g1, g2 are still alive, parked:', !g1.ready(), !g2.ready());
  }
});
show('only an unref timer left', () => {
  spawn(sleep, 10, { ref: false });
  new Event().wait();
});
print('== wait(timeout) is never a LoopExit:', new Event().wait(0.01));
print('== gevent.wait() / hub.join() turn it into a return value:', wait(), wait());
const ok: number[] = [];
function after() {
  try {
    new Event().wait();
  } catch {
    ok.push(1);
  }
  const g = spawn(() => 'the hub still works after LoopExit');
  return g.get();
}
print('==', after(), ok);
print('== in a child greenlet the LoopExit goes to MAIN, not to the child');
function child() {
  try {
    new Event().wait();
  } catch {
    print('child sees LoopExit (must not print)');
  }
}
const g = spawn(child);
try {
  g.join();
} catch {
  print('main got it; child ready', g.ready());
}
