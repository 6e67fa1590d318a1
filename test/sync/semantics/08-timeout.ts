import { getHub, sleep, spawn, Timeout, withTimeout } from 'greenlets';
import { Event } from 'greenlets/event';
import { print, repr, str } from './python.ts';

class ValueError extends Error {
  name = 'ValueError';
}
class KeyError extends Error {
  name = 'KeyError';
}
const now = () => getHub().now();
function compute(seconds: number) {
  const t0 = now();
  while (now() - t0 < seconds);
}
// Python's `with timeout:` is `timeout.run(() => …)` here.
print('-- nested: the shorter outer fires inside the inner block and is not the inner one');
const outer1 = new Timeout(0.02);
try {
  outer1.run(() => {
    const inner = new Timeout(0.05);
    try {
      inner.run(() => sleep(1));
    } catch (t) {
      print('caught in the middle: is outer', t === outer1, 'is inner', t === inner);
      throw t;
    }
  });
} catch (t) {
  print('outer caught:', t === outer1, str(t), repr(str(t)));
}
print('-- nested: shorter inner fires; outer is cancelled at the end');
const outer2 = new Timeout(0.05);
outer2.run(() => {
  const inner = new Timeout(0.01);
  try {
    inner.run(() => sleep(1));
  } catch (t) {
    print('is inner', t === inner);
  }
});
print('outer pending after with:', outer2.pending);
print('-- equal deadlines: outer started first fires first');
try {
  new Timeout(0.02, new ValueError('outer')).run(() => {
    try {
      new Timeout(0.02, new KeyError('inner')).run(() => sleep(1));
    } catch (e) {
      if (!(e instanceof KeyError)) throw e;
      print('inner', e);
    }
  });
} catch (e) {
  print('outer', e);
}
print('-- exception argument: class, instance, string, False, None');
const instance = new ValueError('inst');
const kinds: [string, ConstructorParameters<typeof Timeout>[1]][] = [
  ["<class 'ValueError'>", ValueError],
  ["ValueError('inst')", instance],
  ["'a string'", 'a string'],
  ['False', false],
  ['None', null],
];
for (const [shown, exception] of kinds) {
  const t = new Timeout(0.005, exception);
  try {
    t.run(() => sleep(1));
    print(shown, '-> silent');
  } catch (e) {
    print(shown, '->', (e as Error).name, repr(str(e)), 'is the timeout object:', e === t);
  }
}
print('-- False only silences its OWN timeout');
try {
  new Timeout(0.005).run(() => {
    new Timeout(0.05, false).run(() => sleep(1));
    print('not reached');
  });
} catch (e) {
  print('outer', str(e));
}
print('-- str/repr');
const t1 = new Timeout(1);
print(
  ...[str(t1), '|', str(new Timeout(2)), '|', repr(str(new Timeout())), '|'],
  ...[str(new Timeout(1.5, 'msg')), '|', str(new Timeout(3, false))],
);
// Here String(timeout) is that of every error; the text with the state is that of gevent's repr, without the address.
const describe = (t: Timeout) =>
  `<Timeout at 0xID seconds=${t.seconds}${t.pending ? ' pending' : ''}>`;
print('repr', describe(t1));
t1.start();
print('repr', describe(t1));
try {
  t1.start();
} catch (e) {
  print('start twice: AssertionError', str(e).replace('<Timeout', '<Timeout at 0xID'));
}
t1.cancel();
t1.start();
t1.close();
print('-- never expiring');
const never = new Timeout(null);
never.start();
print('pending', never.pending);
never.close();
print('-- 0: fires at the next switch, not at once');
new Timeout(0).start();
try {
  print('still here');
  sleep(0);
  print('sleep(0) survived');
  sleep(0.01);
} catch (e) {
  print('fired', str(e));
}
print('-- with_timeout');
print(withTimeout(0.01, () => sleep(1), { timeoutValue: 'TV' }));
try {
  withTimeout(0.01, () => sleep(1));
} catch (e) {
  print('raised', str(e));
}
print(withTimeout(1, () => 'in time', { timeoutValue: 'TV' }));
// Left out here and in the output: that it is a BaseException. JavaScript has one root of errors only.
print('-- join(timeout) swallows its own, get(timeout) raises');
const g = spawn(() => sleep(1));
print(g.join(0.01));
try {
  g.get({ timeout: 0.01 });
} catch (e) {
  print('get:', str(e));
}
try {
  g.get({ block: false });
} catch (e) {
  print('get(block=False):', repr(str(e)));
}
print('-- a foreign timeout inside join is raised');
const foreign = new Timeout(0.01);
try {
  foreign.run(() => g.join(1));
} catch (e) {
  print('raised', e === foreign);
}
g.kill();
print('-- a Timeout fires in the greenlet that start()ed it');
spawn(() => {
  new Timeout(0.01).start();
  try {
    sleep(1);
  } catch (e) {
    if (e instanceof Timeout) print('in the starter');
  }
}).join();
print('-- busy code: fires late, at the next switch');
try {
  new Timeout(0.01).run(() => {
    compute(0.05);
    print('busy loop ended unharmed');
    sleep(0);
    print('even sleep(0) came back');
    sleep(0.001);
    print('?');
  });
} catch (e) {
  if (e instanceof Timeout) print('fired');
}
print('-- timer already expired versus a greenlet made ready at the same loop pass: which first?');
const ev = new Event();
const w = spawn(() => {
  try {
    new Timeout(0.01).run(() => {
      ev.wait();
      print('event won');
    });
  } catch (e) {
    if (e instanceof Timeout) print('timeout won');
  }
});
sleep(0);
compute(0.02);
ev.set();
w.join();
