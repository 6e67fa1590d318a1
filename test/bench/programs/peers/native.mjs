/** The works, with async functions and promises. */
import { memory, runWork, since, timersTook, times } from './run-work.mjs';

async function nothing() {}

const resolved = Promise.resolve();

function spawnAll(count, body) {
  const all = [];
  for (let i = 0; i < count; i++) all.push(resolved.then(body));
  return all;
}

class Semaphore {
  constructor(counter) {
    this.counter = counter;
    this.waiters = [];
    this.next = 0;
  }

  async acquire() {
    if (this.counter > 0) this.counter--;
    else await new Promise((resolve) => this.waiters.push(resolve));
  }

  release() {
    if (this.next === this.waiters.length) {
      this.counter++;
      return;
    }
    this.waiters[this.next++]();
    if (this.next === 1024) {
      this.waiters.splice(0, 1024);
      this.next = 0;
    }
  }
}

class Queue {
  constructor(maxsize) {
    this.items = [];
    this.head = 0;
    this.filled = new Semaphore(0);
    this.room = new Semaphore(maxsize);
  }

  async put(item) {
    await this.room.acquire();
    this.items.push(item);
    this.filled.release();
  }

  async get() {
    await this.filled.acquire();
    const item = this.items[this.head++];
    if (this.head === 1024) {
      this.items.splice(0, 1024);
      this.head = 0;
    }
    this.room.release();
    return item;
  }
}

/** Who puts waits until somebody has got. */
class Channel extends Queue {
  constructor() {
    super(Number.POSITIVE_INFINITY);
    this.taken = new Semaphore(0);
  }

  async put(item) {
    await super.put(item);
    await this.taken.acquire();
  }

  async get() {
    const item = await super.get();
    this.taken.release();
    return item;
  }
}

async function transfer(queue, count) {
  const start = process.cpuUsage();
  await Promise.all([
    (async () => {
      for (let i = 0; i < count; i++) await queue.get();
    })(),
    (async () => {
      for (let i = 0; i < count; i++) await queue.put(i);
    })(),
  ]);
  return since(start, count);
}

await runWork({
  async spawn(count) {
    const start = process.cpuUsage();
    await Promise.all(spawnAll(count, nothing));
    return since(start, count);
  },
  async sleep(count, among) {
    const each = count / among;
    const all = spawnAll(among, async () => {
      for (let i = 0; i < each; i++) await undefined;
    });
    const start = process.cpuUsage();
    await Promise.all(all);
    return since(start, count);
  },
  queue: (count) => transfer(new Queue(Number.POSITIVE_INFINITY), count),
  bounded: (count) => transfer(new Queue(1), count),
  channel: (count) => transfer(new Channel(), count),
  async event(rounds, waiters) {
    const events = Array.from({ length: rounds }, () => {
      const event = {};
      event.promise = new Promise((resolve) => {
        event.set = resolve;
      });
      return event;
    });
    const all = spawnAll(waiters, async () => {
      for (const event of events) await event.promise;
    });
    await new Promise(setImmediate);
    const start = process.cpuUsage();
    for (const event of events) {
      event.set();
      await undefined;
    }
    await Promise.all(all);
    return since(start, rounds * waiters);
  },
  async pool(count, size) {
    const places = new Semaphore(size);
    const run = async (item) => {
      const result = await (async () => item)();
      places.release();
      return result;
    };
    const start = process.cpuUsage();
    const all = [];
    for (let item = 0; item < count; item++) {
      await places.acquire();
      all.push(run(item));
    }
    await Promise.all(all);
    return since(start, count);
  },
  async semaphore(rounds, among) {
    const semaphore = new Semaphore(1);
    const all = spawnAll(among, async () => {
      for (let i = 0; i < rounds; i++) {
        await semaphore.acquire();
        await undefined;
        semaphore.release();
        await undefined;
      }
    });
    const start = process.cpuUsage();
    await Promise.all(all);
    return since(start, rounds * among);
  },
  async memory(count) {
    const never = new Promise(() => {});
    const before = memory();
    const all = spawnAll(count, async () => {
      await never;
    });
    await new Promise(setImmediate);
    return { bytes: (memory() - before) / all.length };
  },
  async timers(count) {
    const late = [];
    const durations = times(count);
    const cpu = process.cpuUsage();
    await Promise.all(
      durations.map(async (seconds) => {
        const start = performance.now();
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        late.push(performance.now() - start - seconds * 1000);
      }),
    );
    return timersTook(cpu, late);
  },
});
