/** The works, with greenlets. */
import { type Greenlet, joinAll, killAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { Pool } from 'greenlets/pool';
import { Channel, Queue } from 'greenlets/queue';
import { GreenletTree } from 'greenlets/util';
import { memory, runWork, since, timersTook, times } from './run-work.mjs';

function nothing(): void {}

function spawnAll(count: number, body: (index: number) => void): Greenlet[] {
  const all: Greenlet[] = [];
  for (let i = 0; i < count; i++) all.push(spawn(body, i));
  return all;
}

function transfer(queue: Queue<number> | Channel<number>, count: number) {
  const start = process.cpuUsage();
  joinAll([
    spawn(() => {
      for (let i = 0; i < count; i++) queue.get();
    }),
    spawn(() => {
      for (let i = 0; i < count; i++) queue.put(i);
    }),
  ]);
  return since(start, count);
}

await runWork({
  spawn(count: number) {
    const start = process.cpuUsage();
    joinAll(spawnAll(count, nothing));
    return since(start, count);
  },
  sleep(count: number, among: number) {
    const each = count / among;
    const all = spawnAll(among, () => {
      for (let i = 0; i < each; i++) sleep(0);
    });
    const start = process.cpuUsage();
    joinAll(all);
    return since(start, count);
  },
  queue: (count: number) => transfer(new Queue(), count),
  bounded: (count: number) => transfer(new Queue(1), count),
  channel: (count: number) => transfer(new Channel(), count),
  event(rounds: number, waiters: number) {
    const events = Array.from({ length: rounds }, () => new Event());
    const all = spawnAll(waiters, () => {
      for (const event of events) event.wait();
    });
    sleep(0);
    const start = process.cpuUsage();
    for (const event of events) {
      event.set();
      sleep(0);
    }
    joinAll(all);
    return since(start, rounds * waiters);
  },
  pool(count: number, size: number) {
    const items = Array.from({ length: count }, (_, index) => index);
    const pool = new Pool(size);
    const start = process.cpuUsage();
    pool.map((item) => item, items);
    return since(start, count);
  },
  semaphore(rounds: number, among: number) {
    const semaphore = new Semaphore(1);
    const all = spawnAll(among, () => {
      for (let i = 0; i < rounds; i++) {
        semaphore.acquire();
        sleep(0);
        semaphore.release();
        sleep(0);
      }
    });
    const start = process.cpuUsage();
    joinAll(all);
    return since(start, rounds * among);
  },
  memory(count: number) {
    const event = new Event();
    const before = memory();
    const all = spawnAll(count, () => event.wait());
    sleep(0);
    return { bytes: (memory() - before) / all.length };
  },
  timers(count: number) {
    const late: number[] = [];
    const durations = times(count);
    const cpu = process.cpuUsage();
    joinAll(
      durations.map((seconds) =>
        spawn(() => {
          const start = performance.now();
          sleep(seconds);
          late.push(performance.now() - start - seconds * 1000);
        }),
      ),
    );
    return timersTook(cpu, late);
  },
  kill(count: number) {
    const all = spawnAll(count, () => sleep(1000));
    sleep(0);
    const start = process.cpuUsage();
    killAll(all);
    return since(start, count);
  },
  tree(count: number) {
    const event = new Event();
    spawnAll(count, () => event.wait());
    sleep(0);
    const start = process.cpuUsage();
    GreenletTree.forest();
    return since(start, count);
  },
});
