// Carries out random programs, one a line, and prints the trace of each. `trace.py` does the same under gevent.
import { readFileSync } from 'node:fs';
import {
  Greenlet,
  GreenletExit,
  getCurrent,
  getHub,
  iwait,
  joinAll,
  kill,
  killAll,
  sleep,
  spawn,
  spawnLater,
  spawnRaw,
  Timeout,
  wait,
  withTimeout,
} from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { BoundedSemaphore, Condition, RLock, Semaphore } from 'greenlets/lock';
import { Group, Pool } from 'greenlets/pool';
import {
  Channel,
  JoinableQueue,
  LifoQueue,
  PriorityQueue,
  Queue,
  SimpleQueue,
} from 'greenlets/queue';
import { VirtualClock } from 'greenlets/testing';
import { Err, holding, type Op, type Program, range, show } from './program.ts';

const UNIT = 0.004;
const MOST = 40;

function run(spec: Program): string[] {
  const out: string[] = [];
  const ev = new Event();
  const ars = [new AsyncResult(), new AsyncResult(), new AsyncResult()];
  const ch = new Channel<number>();
  const queues = [
    new SimpleQueue<number>(),
    new Queue<number>(1),
    new LifoQueue<number>(2),
    new PriorityQueue<number>(),
    new JoinableQueue<number>(),
    new JoinableQueue<number>(2),
  ];
  const locks = [new Semaphore(1), new Semaphore(2), new BoundedSemaphore(1)];
  const rl = new RLock();
  const cond = new Condition(new RLock());
  const pool = new Pool(2);
  const group = new Group();
  const slots: Greenlet[] = [];
  const ids = new Map<unknown, string>();
  const links = new Map<Greenlet, ((source: Greenlet) => void)[]>();
  const counts = { greenlets: 0, items: 0, loops: 0 };

  const log = (...values: unknown[]) => {
    out.push(values.map(show).join(' '));
  };
  const label = (each: unknown): string => {
    if (each === ev) return 'ev';
    if (ars.includes(each as AsyncResult)) return `ar${ars.indexOf(each as AsyncResult)}`;
    if (locks.includes(each as Semaphore)) return `sem${locks.indexOf(each as Semaphore)}`;
    return ids.get(each) ?? '?';
  };
  const told = (source: unknown) => log('told', label(source));
  const item = () => ++counts.items;
  const fresh = () => `g${++counts.greenlets}`;
  const keep = (name: string, greenlet: Greenlet) => {
    ids.set(greenlet, name);
    slots.push(greenlet);
  };
  const isKept = (name: string) => [...ids.values()].includes(name);
  const picked = (op: Op) =>
    slots.length > 0 ? op.s.map((each) => slots[each % slots.length] as Greenlet) : [];
  const first = (op: Op) => picked(op).slice(0, 1);
  const onFirst = (op: Op, act: (greenlet: Greenlet) => unknown) => {
    for (const each of first(op)) return act(each);
  };
  const objects = (op: Op) => [
    ...new Set([...picked(op), ...op.o.map((each) => [ev, ars[0], ars[1], locks[0]][each])]),
  ];
  const thrown = (op: Op) => (op.e === undefined ? undefined : [Err, new Err('thrown')][op.e]);
  const work = (me: string, op: Op) => (x: number) => {
    log(me, 'works on', x);
    if (op.p !== 0 && x % 2 === 1) sleep(0);
    if (op.p === 2 && x === 1) throw new Err('work');
    return x * 10;
  };

  function body(me: string, number: number) {
    log(me, 'start');
    try {
      carryOut(spec.bodies[number] as Op[], me);
    } catch (error) {
      log(me, 'ends with', error);
      throw error;
    }
    log(me, 'end');
    return `v${me}`;
  }

  function carryOut(ops: Op[], me: string) {
    for (const op of ops) one(op, me);
  }

  function one(op: Op, me: string) {
    if (counts.greenlets >= MOST && op.b !== undefined) return;
    log(me, op.op);
    const handler = OPERATIONS[op.op];
    if (handler === undefined) throw new Error(`there is no operation ${op.op}`);
    const r = handler(op, me, op.t === undefined ? undefined : op.t * UNIT);
    log(me, op.op, '->', r);
  }

  type Operation = (op: Op, me: string, timeout: number | undefined) => unknown;
  const queue = (op: Op) => queues[op.q] as Queue<number>;
  const result = (op: Op) => ars[op.x] as AsyncResult;
  const lock = (op: Op) => locks[op.m] as Semaphore;
  const started = (op: Op) => {
    const mine = fresh();
    const greenlet = new Greenlet(body, mine, op.b);
    keep(mine, greenlet);
    return greenlet;
  };
  const OPERATIONS: Record<string, Operation> = {
    sleep0: () => sleep(0),
    sleep: (_op, _me, t) => sleep(t),
    evset: () => ev.set(),
    evclear: () => ev.clear(),
    evwait: (_op, _me, t) => ev.wait(t),
    evrawlink: () => ev.rawlink((source) => told(source)),
    arset: (op) => result(op).set(item()),
    arexc: (op) => result(op).setException(new Err('x')),
    arget: (op, _me, timeout) => result(op).get({ timeout }),
    arwait: (op, _me, t) => result(op).wait(t),
    arnowait: (op) => result(op).getNowait(),
    arrawlink: (op) => result(op).rawlink((source) => told(source)),
    put: (op, _me, timeout) => queue(op).put(item(), { timeout }),
    get: (op, _me, timeout) => queue(op).get({ timeout }),
    putnb: (op) => queue(op).put(item(), { block: false }),
    getnb: (op) => queue(op).getNowait(),
    peek: (op, _me, timeout) => queue(op).peek({ timeout }),
    peeknb: (op) => queue(op).peekNowait(),
    chput: (_op, _me, timeout) => ch.put(item(), { timeout }),
    chget: (_op, _me, timeout) => ch.get({ timeout }),
    chputnb: () => ch.putNowait(item()),
    chgetnb: () => ch.getNowait(),
    taskdone: (op) => queue(op).taskDone(),
    jget: (op, _me, timeout) => {
      const value = queue(op).get({ timeout });
      queue(op).taskDone();
      return value;
    },
    jjoin: (op, _me, t) => queue(op).join(t),
    acquire: (op, _me, timeout) => lock(op).acquire({ timeout }),
    release: (op) => lock(op).release(),
    tryacquire: (op) => lock(op).acquire({ blocking: false }),
    semwait: (op, _me, t) => lock(op).wait(t),
    semrawlink: (op) => lock(op).rawlink((source) => told(source)),
    rlacquire: (_op, _me, timeout) => rl.acquire({ timeout }),
    rlrelease: () => rl.release(),
    condwait: (_op, _me, t) => holding(cond, () => cond.wait(t)),
    condnotify: (op) => {
      holding(cond, () => cond.notify(op.n));
    },
    condnotifyall: () => {
      holding(cond, () => cond.notifyAll());
    },
    spawn: (op) => {
      const mine = fresh();
      keep(mine, spawn(body, mine, op.b));
    },
    spawnraw: (op) => {
      spawnRaw(body, fresh(), op.b);
    },
    spawnlater: (op, _me, t) => {
      const mine = fresh();
      keep(mine, spawnLater(t as number, body, mine, op.b));
    },
    create: (op) => {
      started(op);
    },
    start: (op) => onFirst(op, (each) => each.start()),
    startlater: (op, _me, t) => onFirst(op, (each) => each.startLater(t as number)),
    kill: (op, _me, timeout) => onFirst(op, (each) => each.kill(thrown(op), { timeout })),
    killnb: (op) => onFirst(op, (each) => each.kill(thrown(op), { block: false })),
    killfn: (op) => onFirst(op, (each) => kill(each)),
    killall: (op, _me, timeout) => killAll(picked(op), { exception: thrown(op), timeout }),
    killallnb: (op) => killAll(picked(op), { exception: thrown(op), block: false }),
    selfkill: (_op, me) => {
      if (isKept(me)) getCurrent()?.kill();
    },
    selfkillnb: (_op, me) => {
      if (isKept(me)) getCurrent()?.kill(undefined, { block: false });
    },
    join: (op, _me, t) => onFirst(op, (each) => each.join(t)),
    gget: (op, _me, timeout) => onFirst(op, (each) => each.get({ timeout })),
    ggetnb: (op) => onFirst(op, (each) => each.get({ block: false })),
    joinall: (op, _me, timeout) =>
      joinAll(picked(op), { timeout, raiseError: op.r, count: op.c }).map(label),
    wait: (op, _me, timeout) => wait(objects(op) as Event[], { timeout, count: op.c }).map(label),
    iwait: (op, me, timeout) => {
      for (const each of iwait(objects(op) as Event[], { timeout, count: op.c })) {
        log(me, 'ready', label(each));
        sleep(0);
      }
    },
    linkar: (op) => onFirst(op, (each) => each.link(result(op))),
    unlink: (op) => {
      for (const each of first(op)) {
        const callback = links.get(each)?.pop();
        if (callback !== undefined) each.unlink(callback);
      }
    },
    poolspawn: (op) => {
      const mine = fresh();
      keep(mine, pool.spawn(body, mine, op.b));
    },
    poolstart: (op, _me, timeout) => pool.start(started(op), { timeout }),
    poolstartnb: (op) => pool.start(started(op), { blocking: false }),
    pooljoin: (op, _me, timeout) => pool.join({ timeout, raiseError: op.r }),
    poolkill: (op, _me, timeout) => pool.kill({ exception: thrown(op), timeout }),
    poolkillone: (op, _me, timeout) =>
      onFirst(op, (each) => pool.killOne(each, { exception: thrown(op), timeout })),
    poolwait: (_op, _me, t) => pool.waitAvailable(t),
    poolapply: (op) => pool.apply(body, [fresh(), op.b]),
    poolapplyasync: (op, me) => {
      pool.applyAsync(body, [fresh(), op.b], (value) => log(me, 'has', value));
    },
    pooladd: (op, _me, timeout) =>
      onFirst(op, (each) => (pool.has(each) ? undefined : pool.add(each, { timeout }))),
    pooldiscard: (op) => onFirst(op, (each) => (pool.has(each) ? pool.discard(each) : undefined)),
    groupspawn: (op) => {
      const mine = fresh();
      keep(mine, group.spawn(body, mine, op.b));
    },
    groupadd: (op) => onFirst(op, (each) => (group.has(each) ? undefined : group.add(each))),
    groupjoin: (op, _me, timeout) => group.join({ timeout, raiseError: op.r }),
    groupkill: (op, _me, timeout) => group.kill({ exception: thrown(op), timeout }),
    groupkillnb: (op) => group.kill({ exception: thrown(op), block: false }),
    groupkillone: (op, _me, timeout) =>
      onFirst(op, (each) => group.killOne(each, { exception: thrown(op), timeout })),
    groupdiscard: (op) => onFirst(op, (each) => group.discard(each)),
    map: (op, me) => pool.map(work(me, op), range(op.n)),
    mapasync: (op, me) => {
      const has = (values: unknown) => log(me, 'has', values);
      keep(fresh(), pool.mapAsync(work(me, op), range(op.n), has));
    },
    imap: (op, me) => {
      const results = pool.imap(work(me, op), range(op.n), { maxsize: op.l });
      for (const each of results) log(me, 'got', each);
    },
    imapunordered: (op, me) => {
      const results = pool.imapUnordered(work(me, op), range(op.n), { maxsize: op.l });
      for (const each of results) log(me, 'got', each);
    },
    fail: () => {
      throw new Err('boom');
    },
    exit: () => {
      throw new GreenletExit();
    },
    return: () => undefined,
    try: (op, me) => {
      try {
        carryOut(op.body, me);
      } catch (error) {
        log(me, 'caught', error);
        carryOut(op.after, me);
      }
    },
    finally: (op, me) => {
      try {
        carryOut(op.body, me);
      } finally {
        log(me, 'finally');
        carryOut(op.after, me);
      }
    },
    timeout: (op, me, t) => {
      const limit = new Timeout(t, [undefined, false as const, new Err('timeout')][op.x]);
      limit.run(() => carryOut(op.body, me));
    },
    withtimeout: (op, me, t) =>
      withTimeout(
        t,
        () => carryOut(op.body, me),
        op.x === 0 ? undefined : { timeoutValue: 'late' },
      ),
    holding: (op, me) => {
      holding(lock(op), () => carryOut(op.body, me));
    },
    rlholding: (op, me) => {
      holding(rl, () => carryOut(op.body, me));
    },
    condholding: (op, me) => {
      holding(cond, () => carryOut(op.body, me));
    },
    repeat: (op, me) => {
      for (let i = 0; i < op.n; i++) if (++counts.loops < 60) carryOut(op.body, me);
    },
  };
  for (const kind of ['link', 'linkbad', 'linkslow', 'linkspawn']) linkOperation(kind, 'link');
  linkOperation('linkvalue', 'linkValue');
  linkOperation('linkexc', 'linkException');
  for (const kind of ['rawlink', 'rawlinkbad']) linkOperation(kind, 'rawlink');

  function linkOperation(kind: string, method: 'link' | 'linkValue' | 'linkException' | 'rawlink') {
    OPERATIONS[kind] = (op) => {
      for (const each of first(op)) {
        const callback = linkCallback(kind, op);
        links.set(each, [...(links.get(each) ?? []), callback]);
        each[method](callback);
      }
    };
  }

  function linkCallback(kind: string, op: Op): (source: Greenlet) => void {
    const mine = out.length;
    const note = (source: Greenlet) => log(kind, mine, label(source), source.successful());
    if (kind === 'rawlinkbad' || kind === 'linkbad') {
      return (source) => {
        note(source);
        throw new Err('link');
      };
    }
    if (kind === 'linkslow') {
      return (source) => {
        note(source);
        sleep(0);
        note(source);
      };
    }
    if (kind === 'linkspawn') {
      return (source) => {
        note(source);
        if (counts.greenlets >= MOST) return;
        const other = fresh();
        keep(other, spawn(body, other, op.b));
      };
    }
    return note;
  }

  function main() {
    log('main start');
    try {
      carryOut(spec.main, 'main');
    } catch (error) {
      log('main', 'caught', error);
    }
  }

  const m = spawn(main);
  if (spec.timed) sleep(50 * UNIT);
  else for (let i = 0; i < 300; i++) sleep(0);
  log(
    '--',
    m.ready(),
    slots.map((each) => each.ready()),
  );
  m.kill(undefined, { block: false });
  killAll(slots, { block: false });
  for (let i = 0; i < 20; i++) sleep(0);
  if (spec.timed) sleep(50 * UNIT);
  log(
    '--',
    slots.map((each) => each.value),
    slots.map((each) => each.exception),
  );
  log(
    ev.linkCount(),
    ars.map((each) => each.linkCount()),
    locks.map((each) => [each.counter, each.linkCount()]),
  );
  log(
    queues.map((each) => each.qsize()),
    ch.balance,
    pool.length,
    pool.freeCount(),
    group.length,
  );
  return out;
}

getHub().handleError = () => {};
// Nobody has to wait for those that use time; `--real` is for comparing the clocks.
if (process.argv[3] !== '--real') new VirtualClock().install();
for (const line of readFileSync(process.argv[2] as string, 'utf8')
  .trimEnd()
  .split('\n')) {
  console.log(JSON.stringify(run(JSON.parse(line).program)));
}
