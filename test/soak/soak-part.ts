/** What `soak.test.ts` runs in a process of its own: prints what has become of so many greenlets. */

import { GreenletExit } from '../../runtime/src/core/errors.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill, killAll } from '../../runtime/src/core/kill.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Timeout, withTimeout } from '../../runtime/src/core/timeout.ts';
import { AsyncResult } from '../../runtime/src/sync/async-result.ts';
import { Channel } from '../../runtime/src/sync/channel.ts';
import { Condition } from '../../runtime/src/sync/condition.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { Group } from '../../runtime/src/sync/group.ts';
import { Pool } from '../../runtime/src/sync/pool.ts';
import { Queue } from '../../runtime/src/sync/queue.ts';
import { RLock } from '../../runtime/src/sync/rlock.ts';
import { Semaphore } from '../../runtime/src/sync/semaphore.ts';
import { wait } from '../../runtime/src/sync/wait.ts';
import { call, callOn, dual, onVirtualTime } from '../support/virtual.ts';

type Steps = Generator<undefined, unknown, unknown>;

const COUNT = Number(process.argv[2]);
/** So many live at a time. */
const MOST = 60;
/** After so many greenlets all primitives are replaced, so that the old ones can be collected. */
const RENEWAL = 500;
const WARM_UP = Math.min(2000, COUNT / 2);

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed / 0x80000000;
};
const chance = (probability: number) => random() < probability;
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const moment = () => (chance(0.3) ? 0 : Math.ceil(random() * 20) / 1000);

class Primitives {
  event = new Event();
  result = new AsyncResult<number>();
  queue = new Queue<number>();
  bounded = new Queue<number>(1);
  channel = new Channel<number>();
  semaphore = new Semaphore(1);
  lock = new RLock();
  condition = new Condition();
  pool = new Pool(3);
  group = new Group();
}

let all = new Primitives();
let first: WeakRef<Primitives> | undefined;
const living: Greenlet[] = [];
const ended = { total: 0, finished: 0, failed: 0, killed: 0 };
const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(String(warning)));
process.on('unhandledRejection', (error) => warnings.push(`unhandled: ${error}`));

const OPERATIONS: ((p: Primitives) => Steps)[] = [
  () => call(sleep, 0),
  () => call(sleep, moment()),
  (p) => callOn(p.event, p.event.wait, moment()),
  (p) => now(() => (chance(0.5) ? p.event.set() : p.event.clear())),
  (p) => callOn(p.result, p.result.get, { timeout: moment() }),
  (p) => now(() => (chance(0.5) ? p.result.set(1) : p.result.setException(new Error('set')))),
  (p) => callOn(p.queue, p.queue.get, { timeout: moment() }),
  (p) => callOn(p.queue, p.queue.put, 1),
  (p) => callOn(p.bounded, p.bounded.get, { timeout: moment() }),
  (p) => callOn(p.bounded, p.bounded.put, 1, { timeout: moment() }),
  (p) => callOn(p.channel, p.channel.get, { timeout: moment() }),
  (p) => callOn(p.channel, p.channel.put, 1, { timeout: moment() }),
  (p) => holding(p.semaphore),
  (p) => holding(p.lock),
  (p) => waitFor(p.condition),
  (p) => notify(p.condition),
  (p) => callOn(p.pool, p.pool.spawn, dual(body)),
  (p) => callOn(p.pool, p.pool.join, { timeout: moment() }),
  (p) => now(() => p.group.spawn(dual(body))),
  (p) => callOn(p.group, p.group.kill, { timeout: moment() }),
  () => callOn(pick(living), pick(living).join, moment()),
  () => callOn(pick(living), pick(living).kill, undefined, { timeout: moment() }),
  () => now(() => kill(pick(living))),
  () => call(joinAll, [pick(living), pick(living)], { timeout: moment() }),
  () => call(killAll, [pick(living), pick(living)], { block: false }),
  (p) =>
    call(wait, [p.event, p.result, p.semaphore, pick(living)], { timeout: moment(), count: 2 }),
  () => call(withTimeout, moment(), dual(body), { timeoutValue: 'late' }),
  () => now(() => pick(living).link(() => {})),
  () =>
    now(() =>
      pick(living).rawlink(() => {
        throw new Error('a link');
      }),
    ),
  () => now(fail),
];

function fail(): never {
  throw chance(0.2) ? new GreenletExit() : new Error('random');
}

// biome-ignore lint/correctness/useYield: it has the shape of a call that may switch.
function* now(action: () => unknown): Steps {
  return action();
}

function* holding(lock: Semaphore | RLock): Steps {
  if (!(yield* callOn(lock, lock.acquire, { timeout: moment() }))) return undefined;
  try {
    yield* body();
  } finally {
    lock.release();
  }
  return undefined;
}

function* waitFor(condition: Condition): Steps {
  if (!(yield* callOn(condition, condition.acquire, { timeout: moment() }))) return undefined;
  try {
    yield* callOn(condition, condition.wait, moment());
  } finally {
    condition.release();
  }
  return undefined;
}

function* notify(condition: Condition): Steps {
  if (!(yield* callOn(condition, condition.acquire, { timeout: moment() }))) return undefined;
  condition.notify();
  condition.release();
  return undefined;
}

let depth = 0;

function* body(): Steps {
  const p = all;
  for (let i = chance(0.5) ? 1 : 3; i > 0; i--) {
    const limit = chance(0.2) ? Timeout.startNew(moment()) : null;
    depth++;
    try {
      if (depth < 40) yield* pick(OPERATIONS)(p);
    } catch (error) {
      if (error instanceof GreenletExit || chance(0.2)) throw error;
    } finally {
      depth--;
      limit?.cancel();
      if (chance(0.1)) yield* call(sleep, moment());
    }
  }
  return undefined;
}

function note(greenlet: Greenlet): void {
  living.splice(living.indexOf(greenlet), 1);
  ended.total++;
  ended[greenlet.state as 'finished' | 'failed' | 'killed']++;
}

function* program(): Steps {
  const self = hub.current as Greenlet;
  living.push(self);
  let heap = 0;
  for (let i = 0; i < COUNT; i++) {
    if (i % RENEWAL === 0) all = new Primitives();
    first ??= new WeakRef(all);
    if (i === WARM_UP) heap = heapSize();
    const greenlet = new Greenlet(dual(body));
    living.push(greenlet);
    greenlet.rawlink(note);
    if (chance(0.1)) greenlet.startLater(moment());
    else greenlet.start();
    if (chance(0.1)) kill(greenlet);
    while (living.length > MOST || chance(0.3)) yield* rest();
  }
  living.splice(living.indexOf(self), 1);
  while (living.length > 0) {
    yield* call(killAll, [...living], { block: false });
    yield* rest();
  }
  for (const each of Greenlet.live()) if (each !== self && each !== hub.main) kill(each);
  yield* call(sleep, 10);
  all = new Primitives();
  return heap;
}

/** The program itself is killed and timed out like the others, and goes on. */
function* rest(): Steps {
  try {
    yield* call(sleep, moment());
  } catch {}
  return undefined;
}

function heapSize(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const greenlet = onVirtualTime(program);
if (greenlet.state !== 'finished') throw greenlet.exception;
const before = greenlet.value as number;
setImmediate(() => {
  const grown = heapSize() - before;
  const outcome = {
    ended,
    living: [...Greenlet.live()].filter((each) => each !== hub.main).length,
    ready: hub.ready().length,
    timers: [...hub.alarm].length,
    collected: first?.deref() === undefined,
    warnings,
    grown,
  };
  console.log(JSON.stringify(outcome));
});
