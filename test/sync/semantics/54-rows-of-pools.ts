// Row by row: what each method returns or throws, with its options and at its edges.
import {
  Greenlet,
  getSwitchInterval,
  idle,
  kill,
  killAll,
  setSwitchInterval,
  sleep,
  spawn,
  Waiter,
} from 'greenlets';
import { Group, Pool, PoolFull } from 'greenlets/pool';
import { Full } from 'greenlets/queue';
import { type Any, any, bad, E, ok, t } from './rows.ts';

t('Group', () => {
  const g = new Group();
  return [g.length, g.full(), g.join(), g.spawn(ok).get(), g.length, g.join(), g.length];
});
t('Group join timeout', () => {
  const g = new Group();
  return [g.spawn(sleep, 1) && g.join({ timeout: 0.01 }), g.length, g.kill(), g.length];
});
t('Group join raise', () => {
  const g = new Group();
  return [g.spawn(bad), g.join({ raiseError: true })];
});
t('Group join raise timeout', () => {
  const g = new Group();
  return [g.spawn(sleep, 1), g.join({ timeout: 0.01, raiseError: true })];
});
t('Group kill', () => {
  const g = new Group();
  return [g.spawn(ok), g.kill(), g.length];
});
t('Group kill nb', () => {
  const g = new Group();
  return [g.spawn(ok), g.kill({ block: false }), g.length];
});
t('Group killone none', () => new Group().killOne(spawn(ok)));
t('Group add dead', () => {
  const g = new Group();
  const d = spawn(ok);
  return [d.join(), g.add(d), g.length, sleep(0), g.length];
});
t('Group add twice', () => {
  const g = new Group();
  const d = spawn(ok);
  return [g.add(d), g.add(d), g.length];
});
t('Group apply', () => new Group().apply((a: number, b: number) => a + b, [1, 2]));
t('Group apply bad', () => new Group().apply(bad));
t('Group apply_cb', () => {
  const r: Any[] = [];
  return [
    new Group().applyCb(
      (a) => a,
      [1],
      (v) => r.push(v),
    ),
    sleep(0),
    r,
  ];
});
t('Group apply_async', () => new Group().applyAsync((a) => a, [1]).get());
t('Group map', () => new Group().map((a: number) => a * 2, [1, 2, 3]));
t('Group map []', () => new Group().map((a: number) => a * 2, []));
t('Group map bad', () => new Group().map(() => bad(), [1]));
t('Group map_cb', () => {
  const r: Any[] = [];
  return [
    new Group().mapCb(
      (a) => a,
      [1, 2],
      (v) => r.push(v),
    ),
    r,
  ];
});
t('Group map_async', () => new Group().mapAsync((a) => a, [1, 2]).get());
t('Group imap', () => [...new Group().imap((a: number, b: number) => a + b, [1, 2, 3], [10, 20])]);
t('Group imap []', () => [...new Group().imap((a) => a, [])]);
t('Group imap none', () => [...new Group().imap(() => 1)]);
t('Group imap noniter', () => [...new Group().imap(ok, any(5))]);
t('Group imap_unordered', () =>
  [...new Group().imapUnordered((a: number) => a, [1, 2, 3], { maxsize: 1 })].sort(),
);
t('Pool', () => {
  const p = new Pool(1);
  return [
    p.size,
    p.freeCount(),
    p.full(),
    Boolean(p.spawn(ok)),
    p.freeCount(),
    p.full(),
    p.join(),
    p.freeCount(),
  ];
});
t('Pool None', () => {
  const p = new Pool();
  return [p.size, p.freeCount(), p.full(), Boolean(p.spawn(ok)), p.freeCount(), p.full(), p.join()];
});
t('Pool 0', () => {
  const p = new Pool(0);
  return [p.size, p.freeCount(), p.full(), p.waitAvailable(0.01)];
});
t('Pool -1', () => new Pool(-1));
t('Pool full start', () => {
  const p = new Pool(1);
  p.spawn(sleep, 1);
  p.start(new Greenlet(ok), { blocking: false });
});
t('Pool full add', () => {
  const p = new Pool(1);
  p.spawn(sleep, 1);
  p.add(new Greenlet(ok), { timeout: 0.01 });
});
t('Pool add twice', () => {
  const p = new Pool(3);
  const g = new Greenlet(ok);
  return [p.add(g), p.add(g), p.length, p.freeCount()];
});
t('Pool discard', () => {
  const p = new Pool(3);
  const g = new Greenlet(ok);
  return [p.add(g), p.discard(g), p.length, p.freeCount(), p.discard(g), p.freeCount()];
});
t('PoolFull', () => [new PoolFull() instanceof Full, new PoolFull().message]);
t('Waiter', () => {
  const w = new Waiter<Any>();
  return [
    w.ready(),
    w.successful(),
    w.switch(3),
    w.ready(),
    w.successful(),
    w.value,
    w.get(),
    w.clear(),
    w.ready(),
  ];
});
t('Waiter throw', () => {
  const w = new Waiter<Any>();
  return [w.throw(new E()), w.get()];
});
t('sleep', () => [sleep(), sleep(0), sleep(-1), sleep(0.001), idle()]);
t('sleep str', () => sleep(any('1')));
t('sleep None', () => sleep(any(null)));
t('kill fn', () => kill(spawn(ok)));
t('kill dead', () => {
  const g = spawn(ok);
  return [g.join(), g.kill(), kill(g), killAll([g]), g.value];
});
t('switchinterval', () => [getSwitchInterval(), setSwitchInterval(0.01), getSwitchInterval()]);
t('setswitchinterval 0', () => setSwitchInterval(0));
