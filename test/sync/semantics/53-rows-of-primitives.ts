// Row by row: what each method returns or throws, with its options and at its edges.
import { sleep, spawn } from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { BoundedSemaphore, DummySemaphore, RLock, Semaphore } from 'greenlets/lock';
import {
  Channel,
  JoinableQueue,
  LifoQueue,
  PriorityQueue,
  Queue,
  StopIteration,
} from 'greenlets/queue';
import { type Any, any, bad, E, ok, show, t } from './rows.ts';

t('Event', () => {
  const e = new Event();
  return [
    e.isSet(),
    e.ready(),
    e.wait(0),
    e.set(),
    e.isSet(),
    e.ready(),
    e.wait(),
    e.wait(0),
    e.clear(),
    e.isSet(),
  ];
});
t('Event linkcount', () => {
  const e = new Event();
  return [
    e.linkCount(),
    e.rawlink(show),
    e.linkCount(),
    e.unlink(show),
    e.linkCount(),
    e.unlink(show),
  ];
});
t('Event rawlink 5', () => new Event().rawlink(any(5)));
t('Event wait -1', () => new Event().wait(-1));
t('AR', () => {
  const a = new AsyncResult<Any>();
  return [
    a.ready(),
    a.successful(),
    a.value,
    a.exception,
    a.wait(0.01),
    a.set(3),
    a.ready(),
    a.successful(),
    a.value,
    a.get(),
    a.wait(),
    a.getNowait(),
    a.result(),
    a.done(),
    a.cancel(),
    a.cancelled(),
    a.set(4),
    a.get(),
  ];
});
t('AR nb', () => new AsyncResult().get({ block: false }));
t('AR nowait', () => new AsyncResult().getNowait());
t('AR timeout', () => new AsyncResult().get({ timeout: 0.01 }));
t('AR result timeout', () => new AsyncResult().result(0.01));
t('AR exc', () => {
  const a = new AsyncResult();
  return [a.setException(new E('x')), a.ready(), a.successful(), a.value, a.exception, a.wait()];
});
t('AR exc get', () => {
  const a = new AsyncResult();
  return [a.setException(new E('x')), a.get()];
});
t('AR exc then set', () => {
  const a = new AsyncResult<Any>();
  return [a.setException(new E('x')), a.set(1), a.successful(), a.value, a.exception, a.get()];
});
t('AR set then exc', () => {
  const a = new AsyncResult<Any>();
  return [a.set(1), a.setException(new E('x')), a.successful(), a.value, a.exception];
});
t('AR set then exc get', () => {
  const a = new AsyncResult<Any>();
  return [a.set(1), a.setException(new E('x')), a.get()];
});
t('AR set()', () => {
  const a = new AsyncResult();
  return [a.set(), a.ready(), a.successful(), a.get()];
});
t('AR set_result', () => {
  const a = new AsyncResult<Any>();
  return [a.setResult(4), a.get()];
});
function arLink(f: Any) {
  const a = new AsyncResult();
  const g = spawn(f);
  g.link(any(a));
  g.join();
  sleep(0);
  return [a.ready(), a.successful(), a.value, a.exception];
}
t('AR link ok', () => arLink(ok));
t('AR link bad', () => arLink(bad));
t('Queue', () => {
  const q = new Queue<Any>(2);
  return [
    q.maxsize,
    q.qsize(),
    q.empty(),
    q.full(),
    q.put(1),
    q.qsize(),
    q.put(2),
    q.full(),
    q.peek(),
    q.get(),
    q.peekNowait(),
    q.getNowait(),
    q.empty(),
  ];
});
t('Queue full', () => new Queue(1, [1]).put(2, { block: false }));
t('Queue full timeout', () => new Queue(1, [1]).put(2, { timeout: 0.01 }));
t('Queue put_nowait', () => new Queue(1, [1]).putNowait(2));
t('Queue empty', () => new Queue().get({ block: false }));
t('Queue empty timeout', () => new Queue().get({ timeout: 0.01 }));
t('Queue peek empty', () => new Queue().peek({ block: false }));
t('Queue peek timeout', () => new Queue().peek({ timeout: 0.01 }));
t('Queue get 0', () => new Queue().get({ timeout: 0 }));
t('Queue get -1', () => new Queue().get({ timeout: -1 }));
t('Queue items', () => {
  const q = new Queue<Any>(undefined, [1, 2, StopIteration]);
  return [q.qsize(), [...q]];
});
t('Queue items over', () => {
  const q = new Queue(1, [1, 2, 3]);
  return [q.qsize(), q.full()];
});
t('Queue maxsize None', () => [
  new Queue().maxsize,
  new Queue(null).maxsize,
  new Queue(-1).maxsize,
]);
t('Queue resize', () => {
  const q = new Queue(1, [1]);
  q.maxsize = 2;
  q.put(2);
  const r = q.full();
  q.maxsize = undefined;
  q.put(3);
  return [r, q.full(), q.qsize()];
});
t('Queue resize wakes', () => {
  const q = new Queue(1, [1]);
  const g = spawn(() => q.put(2));
  sleep(0);
  q.maxsize = undefined;
  sleep(0);
  sleep(0);
  return [g.ready(), q.qsize()];
});
t('Queue copy', () => {
  const q = new Queue(3, [1]);
  return [q.copy().get(), q.qsize(), q.copy().maxsize];
});
t('Lifo', () => {
  const q = new LifoQueue<Any>();
  return [q.put(1), q.put(2), q.peek(), q.get(), q.get()];
});
t('Lifo items', () => {
  const q = new LifoQueue(undefined, [1, 2]);
  return [q.get(), q.get()];
});
t('Priority', () => {
  const q = new PriorityQueue<Any>();
  return [q.put(3), q.put(1), q.put(2), q.peek(), q.get(), q.get(), q.get()];
});
t('Priority items', () => {
  const q = new PriorityQueue(undefined, [3, 1, 2]);
  return [q.get(), q.get(), q.get()];
});
t('Priority tuples', () => {
  const q = new PriorityQueue<Any>();
  return [q.put([2, 'b']), q.put([1, 'z']), q.put([1, 'a']), q.get(), q.get(), q.get()];
});
t('Joinable', () => {
  const q = new JoinableQueue<Any>();
  return [
    q.unfinishedTasks,
    q.join(),
    q.put(1),
    q.unfinishedTasks,
    q.join(0.01),
    q.get(),
    q.taskDone(),
    q.unfinishedTasks,
    q.join(),
  ];
});
t('Joinable items', () => {
  const q = new JoinableQueue(undefined, [1, 2]);
  return [q.unfinishedTasks, q.join(0.01)];
});
t('Joinable items n', () => {
  const q = new JoinableQueue<Any>(undefined, [1, 2], { unfinishedTasks: 5 });
  return [q.unfinishedTasks, q.join(0.01)];
});
t('Joinable done', () => new JoinableQueue().taskDone());
t('Joinable copy', () => {
  const q = new JoinableQueue(undefined, [1, 2]);
  return [q.copy().unfinishedTasks, q.copy().qsize()];
});
t('Channel', () => {
  const c = new Channel();
  return [c.qsize(), c.empty(), c.full(), c.balance];
});
t('Channel get nb', () => new Channel().get({ block: false }));
t('Channel put nb', () => new Channel().put(1, { block: false }));
t('Channel get_nowait', () => new Channel().getNowait());
t('Channel put_nowait', () => new Channel().putNowait(1));
t('Channel get timeout', () => new Channel().get({ timeout: 0.01 }));
t('Channel nb put', () => {
  const c = new Channel<Any>();
  const g = spawn(() => c.get());
  sleep(0);
  const r = c.put(4, { block: false });
  sleep(0);
  return [r, g.value];
});
t('Channel iter', () => {
  const c = new Channel<Any>();
  spawn(() => {
    for (let i = 0; i < 3; i++) c.put(i);
    c.put(StopIteration);
  });
  return [...c];
});
t('Sem', () => {
  const s = new Semaphore();
  return [
    s.counter,
    s.acquire(),
    s.counter,
    s.locked(),
    s.acquire({ blocking: false }),
    s.acquire({ timeout: 0.01 }),
    s.acquire({ timeout: 0 }),
    s.release(),
    s.release(),
    s.wait(),
    s.ready(),
    s.linkCount(),
  ];
});
t('Sem 0', () => {
  const s = new Semaphore(0);
  return [s.locked(), s.wait(0.01), s.ready()];
});
t('Sem -1', () => new Semaphore(-1));
t('Bounded', () => {
  const s = new BoundedSemaphore(2);
  return [s.acquire(), s.release()];
});
t('Bounded over', () => new BoundedSemaphore().release());
t('Bounded twice', () => {
  const s = new BoundedSemaphore();
  return [s.acquire(), s.release(), s.release()];
});
t('RLock', () => {
  const r = new RLock();
  return [r.acquire(), r.acquire(), r.release(), r.release()];
});
t('RLock rel', () => new RLock().release());
t('RLock foreign', () => {
  const r = new RLock();
  return [r.acquire(), spawn(() => r.release()).get()];
});
t('RLock other', () => {
  const r = new RLock();
  return [
    r.acquire(),
    spawn(() => r.acquire({ blocking: false })).get(),
    spawn(() => r.acquire({ timeout: 0.01 })).get(),
  ];
});
t('Dummy', () => {
  const d = new DummySemaphore();
  return [d.acquire(), d.release(), d.wait(), d.locked(), d.ready()];
});
