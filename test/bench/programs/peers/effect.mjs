/** The works, with Effect's fibers. */
import { memory, runWork, since, timersTook, times } from './run-work.mjs';

const { load } = await import(process.env.GREENLETS_PEERS);
const { Deferred, Effect, Fiber, Queue, Semaphore } = await load('effect');

const forkAll = function* (count, body) {
  const all = [];
  for (let i = 0; i < count; i++) all.push(yield* Effect.forkChild(body(i)));
  return all;
};

const transfer = (make, count) =>
  Effect.gen(function* () {
    const queue = yield* make;
    const start = process.cpuUsage();
    const getter = Effect.gen(function* () {
      for (let i = 0; i < count; i++) yield* Queue.take(queue);
    });
    const putter = Effect.gen(function* () {
      for (let i = 0; i < count; i++) yield* Queue.offer(queue, i);
    });
    yield* Effect.all([getter, putter], { concurrency: 'unbounded' });
    return since(start, count);
  });

const works = {
  *spawn(count) {
    const start = process.cpuUsage();
    yield* Fiber.joinAll(yield* forkAll(count, () => Effect.void));
    return since(start, count);
  },
  *sleep(count, among) {
    const each = count / among;
    const all = yield* forkAll(among, () =>
      Effect.gen(function* () {
        for (let i = 0; i < each; i++) yield* Effect.yieldNow;
      }),
    );
    const start = process.cpuUsage();
    yield* Fiber.joinAll(all);
    return since(start, count);
  },
  queue: (count) => transfer(Queue.unbounded(), count),
  bounded: (count) => transfer(Queue.bounded(1), count),
  *event(rounds, waiters) {
    const events = [];
    for (let i = 0; i < rounds; i++) events.push(yield* Deferred.make());
    const all = yield* forkAll(waiters, () =>
      Effect.gen(function* () {
        for (const event of events) yield* Deferred.await(event);
      }),
    );
    yield* Effect.sleep(100);
    const start = process.cpuUsage();
    for (const event of events) {
      yield* Deferred.succeed(event, undefined);
      yield* Effect.yieldNow;
    }
    yield* Fiber.joinAll(all);
    return since(start, rounds * waiters);
  },
  *pool(count, size) {
    const items = Array.from({ length: count }, (_, index) => index);
    const start = process.cpuUsage();
    yield* Effect.forEach(items, (item) => Effect.sync(() => item), { concurrency: size });
    return since(start, count);
  },
  *semaphore(rounds, among) {
    const semaphore = yield* Semaphore.make(1);
    const held = Semaphore.withPermits(semaphore, 1)(Effect.yieldNow);
    const all = yield* forkAll(among, () =>
      Effect.gen(function* () {
        for (let i = 0; i < rounds; i++) {
          yield* held;
          yield* Effect.yieldNow;
        }
      }),
    );
    const start = process.cpuUsage();
    yield* Fiber.joinAll(all);
    return since(start, rounds * among);
  },
  *memory(count) {
    const event = yield* Deferred.make();
    const before = memory();
    const all = yield* forkAll(count, () => Deferred.await(event));
    yield* Effect.sleep(100);
    return { bytes: (memory() - before) / all.length };
  },
  *timers(count) {
    const late = [];
    const durations = times(count);
    const cpu = process.cpuUsage();
    const one = (seconds) =>
      Effect.gen(function* () {
        const start = performance.now();
        yield* Effect.sleep(seconds * 1000);
        late.push(performance.now() - start - seconds * 1000);
      });
    yield* Fiber.joinAll(yield* forkAll(count, (i) => one(durations[i])));
    return timersTook(cpu, late);
  },
  *kill(count) {
    const all = yield* forkAll(count, () => Effect.sleep(1e6));
    yield* Effect.sleep(100);
    const start = process.cpuUsage();
    yield* Fiber.interruptAll(all);
    return since(start, count);
  },
};

await runWork(
  Object.fromEntries(
    Object.entries(works).map(([name, work]) => [
      name,
      (...numbers) =>
        Effect.runPromise(
          Effect.gen(function* () {
            return yield* work(...numbers);
          }),
        ),
    ]),
  ),
);
