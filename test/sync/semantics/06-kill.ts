import {
  Greenlet,
  GreenletExit,
  getCurrent,
  getHub,
  kill,
  killAll,
  sleep,
  spawn,
  spawnRaw,
} from 'greenlets';
import { print, repr } from './python.ts';

getHub().handleError = () => {};
function body(n: string) {
  try {
    print(n, 'started');
    sleep(10);
  } catch (e) {
    if (e instanceof GreenletExit) print(n, 'got', repr(e));
    throw e;
  } finally {
    print(n, 'finally');
  }
}
print('-- kill(block=True) waits; value is the GreenletExit; successful');
let g: Greenlet = spawn(body, 'a');
sleep(0);
const r = g.kill();
print(
  'kill returned',
  r,
  '| value',
  repr(g.value),
  '| exception',
  g.exception,
  '| successful',
  g.successful(),
  '| ready',
  g.ready(),
  '| dead',
  g.dead,
);
print('get ->', repr(g.get()));
print('-- kill(block=False) only schedules');
g = spawn(body, 'b');
sleep(0);
g.kill(undefined, { block: false });
print('after kill: ready', g.ready());
sleep(0);
print('after a turn: ready', g.ready());
print('-- kill of a not-yet-run greenlet: never runs; links still run');
g = spawn(body, 'c');
g.rawlink((s) => print('c link', repr(s.value)));
g.kill(undefined, { block: false });
print(
  'ready at once',
  g.ready(),
  'dead',
  g.dead,
  'value',
  repr(g.value),
  'successful',
  g.successful(),
  'started',
  g.started,
);
sleep(0);
print('-- kill of a never started Greenlet(); start() after it does nothing');
g = new Greenlet(body, 'd');
g.kill();
print('dead', g.dead, 'ready', g.ready(), repr(g.value));
g.start();
sleep(0);
print('d never ran');
print('-- kill of a not-yet-run greenlet with a custom exception');
g = spawn(body, 'e');
g.kill(new RangeError('x'), { block: false });
print('exception', repr(g.exception), 'successful', g.successful());
print('-- two block=False kills before the victim runs');
function twice() {
  for (let i = 0; i < 3; i++) {
    try {
      sleep(10);
    } catch (e) {
      print('twice: caught', repr(e));
    }
  }
  return 'end';
}
g = spawn(twice);
sleep(0);
g.kill(undefined, { block: false });
g.kill(new TypeError('k'), { block: false });
sleep(0);
print('ready', g.ready());
g.kill();
print(g.ready(), g.value);
print('-- victim swallows GreenletExit and goes on: block=True waits for its natural end');
function stubborn() {
  try {
    sleep(10);
  } catch {
    print('ignored');
    sleep(0.05);
    print('stubborn ends');
    return 'mine';
  }
}
g = spawn(stubborn);
sleep(0);
const t = getHub().now();
g.kill();
print('waited', getHub().now() - t >= 0.05 ? '0.05' : 'too short', g.value);
print('-- kill(timeout) on a stubborn one returns silently');
g = spawn(stubborn);
sleep(0);
print(g.kill(undefined, { timeout: 0.01 }), 'ready', g.ready());
g.join();
print('-- kill while in finally (blocking finally)');
function fin() {
  try {
    sleep(10);
  } finally {
    print('fin: cleaning up');
    try {
      sleep(10);
    } finally {
      print('fin: inner finally');
    }
    print('fin: not reached');
  }
}
g = spawn(fin);
sleep(0);
g.kill(undefined, { block: false });
sleep(0);
print('1st kill: ready', g.ready());
g.kill();
print('2nd kill: ready', g.ready(), repr(g.value));
print('-- kill self');
function selfkill() {
  try {
    getCurrent()?.kill();
    print('not reached');
  } finally {
    print('selfkill finally');
  }
}
g = spawn(selfkill);
g.join();
print(repr(g.value));
function selfkill2() {
  getCurrent()?.kill(undefined, { block: false });
  print('still running');
  sleep(0);
  print('after sleep(0)');
  sleep(0.01);
  print('not reached?');
}
g = spawn(selfkill2);
g.join();
print(repr(g.value));
print('-- order: kill versus spawn versus sleep(0)');
g = spawn(body, 'k');
sleep(0);
spawn(print, 'spawn 1');
g.kill(undefined, { block: false });
spawn(print, 'spawn 2');
sleep(0);
print(
  '-- block=True: victim runs its handlers, THEN the killer continues in the same callback (before spawn 2?)',
);
g = spawn(body, 'k2');
sleep(0);
spawn(print, 'spawn 1');
function killer() {
  g.kill();
  print('killer goes on');
}
spawn(killer);
spawn(print, 'spawn 2');
sleep(0);
sleep(0);
print('-- killer and joiner of the same victim');
g = spawn(body, 'm');
function joiner() {
  g.join();
  print('joiner');
}
const j = spawn(joiner);
sleep(0);
g.rawlink(() => print('m link'));
g.kill();
print('killer');
j.join();
print('-- kill dead: no-op, no switch');
g.kill();
print('ok');
print('-- gevent.kill(raw), killall order, killall(block=False)');
let gs = [0, 1, 2].map((i) => spawn(body, `n${i}`));
sleep(0);
killAll(gs);
print(
  'killall done',
  gs.map((x) => x.ready()),
);
gs = [0, 1].map((i) => spawn(body, `p${i}`));
killAll(gs, { block: false });
print(
  'not-started: dead at once',
  gs.map((x) => x.dead),
);
const raw = spawnRaw(body, 'raw');
sleep(0);
kill(raw);
print('raw dead', raw.dead);
sleep(0);
print('raw dead', raw.dead);
print('-- kill with an exception: it is an error, printed');
g = spawn(sleep, 10);
sleep(0);
g.kill(new RangeError('why'));
print(repr(g.exception), g.successful());
print(
  '-- kill of a greenlet parked in sleep(0) (already scheduled): switch first, then the exception at its next wait',
);
function s0() {
  try {
    sleep(0);
    print('s0: first sleep(0) returned normally');
    sleep(0);
    print('s0: second sleep(0) returned normally');
  } finally {
    print('s0 finally');
  }
}
g = spawn(s0);
sleep(0);
g.kill(undefined, { block: false });
sleep(0);
sleep(0);
print(g.ready());
