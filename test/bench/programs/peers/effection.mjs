/** The works, with Effection's tasks. Giving way is a promise that is settled: Effection has nothing that costs less. */
import { memory, runWork, since, timersTook, times } from './run-work.mjs';

const { load } = await import(process.env.GREENLETS_PEERS);
const { createQueue, run, sleep, spawn, until, withResolvers } = await load('effection');

const settled = Promise.resolve();

function* spawnAll(count, body) {
  const all = [];
  for (let i = 0; i < count; i++) all.push(yield* spawn(() => body(i)));
  return all;
}

function* joinAll(all) {
  for (const each of all) yield* each;
}

function* nothing() {}

const works = {
  *spawn(count) {
    const start = process.cpuUsage();
    yield* joinAll(yield* spawnAll(count, nothing));
    return since(start, count);
  },
  *sleep(count, among) {
    const each = count / among;
    const all = yield* spawnAll(among, function* () {
      for (let i = 0; i < each; i++) yield* until(settled);
    });
    const start = process.cpuUsage();
    yield* joinAll(all);
    return since(start, count);
  },
  *queue(count) {
    const queue = createQueue();
    const start = process.cpuUsage();
    const getter = yield* spawn(function* () {
      for (let i = 0; i < count; i++) yield* queue.next();
    });
    // biome-ignore lint/correctness/useYield: an operation is a generator.
    const putter = yield* spawn(function* () {
      for (let i = 0; i < count; i++) queue.add(i);
    });
    yield* joinAll([getter, putter]);
    return since(start, count);
  },
  *event(rounds, waiters) {
    const events = Array.from({ length: rounds }, () => withResolvers());
    const all = yield* spawnAll(waiters, function* () {
      for (const event of events) yield* event.operation;
    });
    yield* sleep(0);
    const start = process.cpuUsage();
    for (const event of events) {
      event.resolve();
      yield* until(settled);
    }
    yield* joinAll(all);
    return since(start, rounds * waiters);
  },
  *pool(count, size) {
    let next = 0;
    const results = [];
    const start = process.cpuUsage();
    const workers = yield* spawnAll(size, function* () {
      while (next < count) {
        const item = next++;
        // biome-ignore lint/correctness/useYield: an operation is a generator.
        results[item] = yield* yield* spawn(function* () {
          return item;
        });
      }
    });
    yield* joinAll(workers);
    return since(start, count);
  },
  *memory(count) {
    const event = withResolvers();
    const before = memory();
    const all = yield* spawnAll(count, function* () {
      yield* event.operation;
    });
    yield* sleep(0);
    return { bytes: (memory() - before) / all.length };
  },
  *timers(count) {
    const late = [];
    const durations = times(count);
    const cpu = process.cpuUsage();
    const all = yield* spawnAll(count, function* (index) {
      const start = performance.now();
      yield* sleep(durations[index] * 1000);
      late.push(performance.now() - start - durations[index] * 1000);
    });
    yield* joinAll(all);
    return timersTook(cpu, late);
  },
  *kill(count) {
    const all = yield* spawnAll(count, () => sleep(1e6));
    yield* sleep(0);
    const start = process.cpuUsage();
    for (const each of all) yield* each.halt();
    return since(start, count);
  },
};

await runWork(
  Object.fromEntries(
    Object.entries(works).map(([name, work]) => [
      name,
      (...numbers) => run(() => work(...numbers)),
    ]),
  ),
);
