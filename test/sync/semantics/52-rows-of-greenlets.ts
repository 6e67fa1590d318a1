// Row by row: what each method returns or throws, with its options and at its edges.
import {
  Greenlet,
  GreenletExit,
  idle,
  iwait,
  joinAll,
  killAll,
  sleep,
  spawn,
  spawnLater,
  spawnRaw,
  Timeout,
  wait,
  withTimeout,
} from 'greenlets';
import { Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { Group, Pool } from 'greenlets/pool';
import { type Any, any, bad, E, ok, raising, show, t } from './rows.ts';

t('idle', () => {
  const out: number[] = [];
  const f = (n: number, p = 0) => {
    idle(p);
    out.push(n);
  };
  joinAll([spawn(f, 1), spawn(f, 2), spawn(f, 3), spawn(f, 4, 1), spawn(f, 5, 1)]);
  const gs = [0, 1, 2, 3, 4].map((n) => spawn(f, n));
  sleep(0);
  gs[1]?.kill(undefined, { block: false });
  joinAll(gs);
  return out;
});
t('wait() elsewhere', () => spawn(() => wait()).get());
t('Group.wait_available', () => new Group().waitAvailable());
t('Pool().wait_available', () => new Pool().waitAvailable());
t('spawn nothing', () => new Greenlet().start());
t('spawn(None)', () => spawn(any(undefined)).get());
t('spawn non-callable', () => spawn(any(5)));
t('spawn_later no fn', () => spawnLater(1, any(undefined)));
t('spawn_raw no-callable', () => spawnRaw(any(5)));
t('join returns', () => spawn(ok).join());
t('join timeout', () => spawn(sleep, 1).join(0.01));
t('join 0', () => spawn(sleep, 1).join(0));
t('join -1', () => spawn(sleep, 1).join(-1));
t('get 0', () => spawn(sleep, 1).get({ timeout: 0 }));
t('get nb', () => spawn(ok).get({ block: false }));
t('kill ret', () => spawn(ok).kill());
t('kill E', () => {
  const g = spawn(sleep, 1);
  sleep(0);
  g.kill(E);
  return [g.exception, g.successful(), g.value];
});
t('kill E get', () => {
  const g = spawn(sleep, 1);
  sleep(0);
  g.kill(new E('x'));
  return [g.exception, g.successful(), g.value, g.get()];
});
t('kill unstarted', () => {
  const g = new Greenlet(ok);
  g.kill();
  return [g.ready(), g.value, g.dead, g.started, g.get()];
});
t('kill unstarted E', () => {
  const g = new Greenlet(ok);
  g.kill(E);
  return [g.ready(), g.value, g.exception];
});
t('join unstarted', () => {
  const g = new Greenlet(ok);
  g.join(0.01);
  return g.ready();
});
t('startlater kill', () => {
  const g = new Greenlet(ok);
  g.startLater(0.01);
  const r: Any[] = [g.started, g.started];
  g.kill();
  sleep(0.02);
  return [...r, g.value, g.ready()];
});
t('startlater start', () => {
  const g = new Greenlet(ok);
  g.startLater(0.02);
  g.start();
  sleep(0);
  return g.ready();
});
t('startlater -1', () => {
  const g = new Greenlet(ok);
  g.startLater(-1);
  sleep(0);
  const r = g.ready();
  sleep(0.01);
  return [r, g.ready()];
});
t('link 5', () => {
  const g = spawn(ok);
  g.link(any(5));
});
t('rawlink 5', () => {
  const g = spawn(ok);
  g.rawlink(any(5));
});
t('has_links', () => {
  const g = spawn(ok);
  const r = [g.hasLinks()];
  const f = () => undefined;
  g.link(f);
  r.push(g.hasLinks());
  g.unlink(f);
  r.push(g.hasLinks());
  g.link(f);
  g.linkValue(f);
  g.unlinkAll();
  r.push(g.hasLinks());
  g.unlink(f);
  return r;
});
t('bool new', () => new Greenlet(ok).started);
t('exit value', () => spawn(() => raising(new GreenletExit('x'))).get().name);
function stubborn() {
  const g = spawn(() => {
    try {
      sleep(5);
    } catch (e) {
      if (!(e instanceof GreenletExit)) throw e;
      sleep(0.05);
    }
  });
  sleep(0);
  return g;
}
t('joinall []', () => joinAll([]));
t('joinall count 0', () => joinAll([spawn(ok)], { count: 0 }));
t('joinall count 5', () => joinAll([spawn(ok)], { count: 5 }));
t('joinall timeout 0', () => joinAll([spawn(sleep, 1)], { timeout: 0 }));
t('joinall raise', () => joinAll([spawn(bad)], { raiseError: true }));
t('killall []', () => killAll([]));
t('killall timeout', () => killAll([stubborn()], { timeout: 0.01 }));
t('kill timeout', () => stubborn().kill(undefined, { timeout: 0.01 }));
t('wait []', () => wait([]));
t('wait count 0', () => wait([spawn(ok)], { count: 0 }));
t('wait timeout', () => wait([spawn(sleep, 1)], { timeout: 0.01 }));
t('wait 0', () => wait([new Event()], { timeout: 0 }));
t('wait sem', () => {
  const s = new Semaphore(2);
  return [wait([s]).length, s.counter];
});
t('iwait []', () => [...iwait([])]);
t('iwait count -1', () => [...iwait([spawn(ok)], { count: -1 })].length);
t('with_timeout', () => withTimeout(1, ok));
t('with_timeout tv', () => withTimeout(0.01, () => sleep(1), { timeoutValue: 3 }));
t('with_timeout None tv', () => withTimeout(0.01, () => sleep(1), { timeoutValue: undefined }));
t('with_timeout raise', () => withTimeout(0.01, () => sleep(1)));
t('with_timeout None', () => withTimeout(undefined, ok));
t('with_timeout raises', () => withTimeout(1, () => raising(new E())));
t('Timeout str', () => [
  new Timeout(1).message,
  new Timeout(2.5).message,
  new Timeout(1, 'msg').message,
  new Timeout(1, false).message,
  new Timeout().message,
  new Timeout(0).message,
  new Timeout(undefined, 'x').message,
  new Timeout(-1).message,
]);
t('Timeout pending', () => {
  const x = new Timeout(1);
  return [x.pending, x.start(), x.pending, x.cancel(), x.pending];
});
t('Timeout seconds', () => [
  new Timeout(1).seconds,
  new Timeout().seconds,
  new Timeout(1, 'm').exception,
  new Timeout(1).exception,
  new Timeout(1, false).exception,
]);
t('Timeout twice', () => {
  const x = new Timeout(1);
  x.start();
  try {
    x.start();
  } finally {
    x.cancel();
  }
});
t('Timeout start_new', () => {
  const x = new Timeout(1);
  const y = Timeout.startNew(x);
  const r = [x === y, x.pending];
  const z = Timeout.startNew(x);
  r.push(z === x);
  x.cancel();
  return r;
});
t('Timeout restart', () => {
  const x = new Timeout(0.01);
  x.start();
  const r = [];
  try {
    sleep(1);
  } catch (e) {
    r.push(e === x);
  }
  r.push(x.pending);
  x.start();
  r.push(x.pending);
  try {
    sleep(1);
  } catch (e) {
    r.push(e === x);
  }
  return r;
});
function otherExc(x: Any) {
  const tm = new Timeout(0.01, x);
  tm.start();
  try {
    sleep(1);
  } catch (e) {
    return [show(e), e === tm, e === x];
  }
}
t('Timeout E', () => otherExc(E));
t('Timeout E()', () => otherExc(new E('q')));
t('Timeout None', () => otherExc(undefined));
t('Timeout False', () => otherExc(false));
t('Timeout str', () => otherExc('s'));
t('Timeout string', () => {
  Timeout.startNew(0.01, 's');
  try {
    sleep(1);
  } catch (e) {
    return any(e).message;
  }
});
