// Carries out random programs, one a line, and prints the trace of each. `trace.py` does the same under gevent.
import { readFileSync } from 'node:fs';
import {
  type Greenlet,
  GreenletExit,
  getCurrent,
  getHub,
  iwait,
  joinAll,
  killAll,
  sleep,
  spawn,
  spawnRaw,
  Timeout,
  wait,
} from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { RLock, Semaphore } from 'greenlets/lock';
import { Pool } from 'greenlets/pool';
import { Channel, JoinableQueue, LifoQueue, Queue } from 'greenlets/queue';

getHub().handleError = () => {};
interface Op {
  op: string;
  t?: number;
  b: number;
  n: number;
  x: number;
  s: number[];
  body: Op[];
  after: Op[];
}
interface Program {
  turns: number;
  bodies: Op[][];
  main: Op[];
}
class Err extends Error {
  name = 'Err';
}
function show(v: unknown): string {
  if (v === undefined || v === null) return 'None';
  if (v === true) return 'True';
  if (v === false) return 'False';
  if (v instanceof Error) return v.name;
  if (Array.isArray(v)) {
    const parts: string[] = [];
    for (const x of v) parts.push(show(x));
    return `[${parts.join(',')}]`;
  }
  return String(v);
}
function run(spec: Program): string[] {
  const out: string[] = [];
  const ev = new Event(),
    ar = new AsyncResult(),
    q = new Queue<number>(),
    q1 = new Queue<number>(1),
    ch = new Channel<number>(),
    sem = new Semaphore(1),
    rl = new RLock(),
    pool = new Pool(2);
  const jq = new JoinableQueue<number>(),
    lq = new LifoQueue<number>(2);
  const slots: Greenlet[] = [];
  const ids = new Map<Greenlet, string>();
  let n = 0;
  let items = 0;
  const label = (g: Greenlet) => ids.get(g) ?? '?';
  const item = () => ++items;
  const log = (...a: unknown[]) => {
    out.push(a.map(show).join(' '));
  };
  function body(me: string, b: number) {
    log(me, 'start');
    try {
      doAll(spec.bodies[b], me);
    } catch (e) {
      log(me, 'ends with', e);
      throw e;
    }
    log(me, 'end');
    return `v${me}`;
  }
  const name = () => `g${++n}`;
  const pick = (o: Op) => (slots.length ? o.s.map((i) => slots[i % slots.length] as Greenlet) : []);
  function doAll(ops: Op[], me: string) {
    for (const o of ops) one(o, me);
  }
  function one(o: Op, me: string) {
    const k = o.op;
    const t = o.t ?? undefined;
    if (n > 40 && (k === 'spawn' || k === 'spawnraw' || k === 'poolspawn')) return;
    log(me, k);
    let r: unknown;
    switch (k) {
      case 'sleep0':
        sleep(0);
        break;
      case 'sleep':
        sleep(t);
        break;
      case 'evset':
        ev.set();
        break;
      case 'evclear':
        ev.clear();
        break;
      case 'evwait':
        r = ev.wait(t);
        break;
      case 'arset':
        ar.set(item());
        break;
      case 'arexc':
        ar.setException(new Err('x'));
        break;
      case 'arget':
        r = ar.get({ timeout: t });
        break;
      case 'qput':
        q.put(item(), { timeout: t });
        break;
      case 'qget':
        r = q.get({ timeout: t });
        break;
      case 'qpeek':
        r = q.peek({ block: false });
        break;
      case 'qnb':
        q1.put(item(), { block: false });
        break;
      case 'qgnb':
        r = q1.get({ block: false });
        break;
      case 'q1put':
        q1.put(item(), { timeout: t });
        break;
      case 'q1get':
        r = q1.get({ timeout: t });
        break;
      case 'lq':
        lq.put(item(), { block: false });
        r = lq.get();
        break;
      case 'chput':
        ch.put(item(), { timeout: t });
        break;
      case 'chget':
        r = ch.get({ timeout: t });
        break;
      case 'semacq':
        r = sem.acquire({ timeout: t });
        break;
      case 'semrel':
        r = sem.release();
        break;
      case 'rl':
        rl.acquire();
        try {
          doAll(o.body, me);
        } finally {
          rl.release();
        }
        log(me, 'rl released');
        break;
      case 'with': {
        sem.acquire();
        try {
          doAll(o.body, me);
        } finally {
          sem.release();
        }
        break;
      }
      case 'spawn': {
        const nm = name();
        const g: Greenlet = spawn(body, nm, o.b);
        ids.set(g, nm);
        slots.push(g);
        break;
      }
      case 'spawnraw': {
        const nm = name();
        spawnRaw(body, nm, o.b);
        break;
      }
      case 'poolspawn': {
        const nm = name();
        const g: Greenlet = pool.spawn(body, nm, o.b);
        ids.set(g, nm);
        slots.push(g);
        break;
      }
      case 'pooljoin':
        r = pool.join({ timeout: t });
        break;
      case 'pmap':
        r = pool.map(
          (x: number) => {
            log(me, 'map', x);
            sleep(0);
            return x;
          },
          Array.from({ length: o.n }, (_, i) => i),
        );
        break;
      case 'imap':
        for (const x of pool.imapUnordered(
          (x: number) => {
            log(me, 'imap', x);
            if (x % 2) sleep(0);
            return x;
          },
          Array.from({ length: o.n }, (_, i) => i),
        ))
          log(me, 'got', x);
        break;
      case 'jq':
        jq.put(item());
        break;
      case 'jqget':
        r = jq.get({ timeout: t });
        jq.taskDone();
        break;
      case 'jqjoin':
        r = jq.join(t);
        break;
      case 'kill':
      case 'killnb':
        for (const g of pick(o).slice(0, 1)) g.kill(undefined, { block: k === 'kill' });
        break;
      case 'selfkill':
        if (me !== 'main') getCurrent()?.kill(undefined, { block: false });
        break;
      case 'killall':
        killAll(pick(o));
        break;
      case 'killall_nb':
        killAll(pick(o), { block: false });
        break;
      case 'join':
        for (const g of pick(o).slice(0, 1)) r = g.join(t);
        break;
      case 'get':
        for (const g of pick(o).slice(0, 1)) r = g.get({ timeout: t });
        break;
      case 'joinall':
        r = joinAll(pick(o), { timeout: t }).map(label);
        break;
      case 'wait':
        r = wait(pick(o), { timeout: t }).map(label);
        break;
      case 'iwait':
        for (const g of iwait(pick(o), { timeout: t })) {
          log(me, 'ready', label(g));
          sleep(0);
        }
        break;
      case 'link':
        for (const g of pick(o).slice(0, 1)) {
          g.link((s) => log('link', label(s), s.successful()));
          g.rawlink((s) => log('rawlink', label(s)));
        }
        break;
      case 'fail':
        throw new Err('boom');
      case 'exit':
        throw new GreenletExit();
      case 'try':
        try {
          doAll(o.body, me);
        } catch (e) {
          log(me, 'caught', e);
          doAll(o.after, me);
        }
        break;
      case 'fin':
        try {
          doAll(o.body, me);
        } finally {
          log(me, 'finally');
          doAll(o.after, me);
        }
        break;
      case 'tmo': {
        const x = [undefined, false as const, new Err('tmo')][o.x];
        new Timeout(o.t, x).run(() => doAll(o.body, me));
        log(me, 'after tmo');
        break;
      }
    }
    log(me, k, '->', r);
  }
  function main() {
    log('main start');
    try {
      doAll(spec.main, 'main');
    } catch (e) {
      log('main', 'caught', e);
    }
  }
  const m = spawn(main);
  for (let i = 0; i < spec.turns; i++) sleep(0);
  log(
    '--',
    m.ready(),
    slots.map((x) => x.ready()),
  );
  m.kill(undefined, { block: false });
  killAll(slots, { block: false });
  for (let i = 0; i < 20; i++) sleep(0);
  log(
    '--',
    slots.map((x) => x.value),
    slots.map((x) => x.exception),
    ev.linkCount(),
    ar.linkCount(),
    sem.counter,
    sem.linkCount(),
    q.qsize(),
    q1.qsize(),
    pool.length,
  );
  return out;
}
for (const line of readFileSync(process.argv[2] as string, 'utf8')
  .trimEnd()
  .split('\n')) {
  console.log(JSON.stringify(run(JSON.parse(line).program)));
}
