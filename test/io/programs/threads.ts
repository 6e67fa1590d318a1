// Threads.
import assert from 'node:assert/strict';
import { joinAll, sleep, spawn } from 'greenlets';
import { ThreadPool } from 'greenlets/threadpool';
import { thrown } from './pairs.ts';
import { until } from './serving.ts';

function square(n: number): number {
  return n * n;
}

function spin(): never {
  for (;;);
}

export const tests = {
  'functions run in threads, while greenlets run here'(): void {
    using pool = new ThreadPool(2);
    assert.deepEqual([pool.size, pool.maxsize, pool.full()], [0, 2, false]);
    const busy = pool.spawn(spin);
    let ticks = 0;
    const ticker = spawn(() => {
      for (;;) {
        ticks++;
        sleep(0);
      }
    });
    assert.equal(pool.apply(square, [7]), 49);
    assert.equal(ticks > 0, true);
    ticker.kill();
    assert.deepEqual([pool.size, pool.length, busy.ready()], [2, 1, false]);
    pool.kill();
    assert.equal(thrown(() => busy.get()).name, 'ThreadEnded');
    assert.equal(pool.apply(square, [3]), 9);
    assert.deepEqual(pool.map(square, [1, 2, 3]), [1, 4, 9]);
    assert.deepEqual([...pool.imap(square, [4, 5])], [16, 25]);
    assert.deepEqual([...pool.imapUnordered(square, [6])], [36]);
    assert.equal(pool.applyAsync(square, [8]).get(), 64);
    assert.equal(pool.join(), true);
  },

  'errors come back, and what cannot be sent is said'(): void {
    using pool = new ThreadPool(1);
    const failing = (word: string): void => {
      throw Object.assign(new RangeError(word), { code: 'E1' });
    };
    const error = thrown(() => pool.apply(failing, ['too far']));
    assert.equal(error instanceof RangeError, true);
    assert.deepEqual([error.name, error.message, error.code], ['RangeError', 'too far', 'E1']);
    assert.match((error as unknown as Error).stack as string, /failing/);
    const outer = 1;
    assert.match(thrown(() => pool.apply(() => outer)).message, /outer is not defined/);
    assert.match(
      thrown(() => pool.apply(square, [(() => 1) as never])).message,
      /cannot be sent to a thread/,
    );
    assert.match(thrown(() => pool.apply(Math.max)).message, /has no text/);
    assert.equal(thrown(() => pool.apply(() => () => 1)).name, 'DataCloneError');
    assert.equal(thrown(() => new ThreadPool(0)).name, 'RangeError');
    assert.equal(pool.apply(square, [2]), 4);
    assert.equal(pool.size, 1);
  },

  'a module has a job, which may switch'(): void {
    using pool = new ThreadPool(1);
    const module = new URL('./thread-jobs.ts', import.meta.url);
    assert.deepEqual(pool.apply({ module, name: 'together' }, [['a', 'b']]), ['a', 'b', 'b', 'a']);
    assert.match(
      thrown(() => pool.apply({ module, name: 'none' })).message,
      /exports no function none/,
    );
  },

  'a kill ends the thread that nobody waits for; the next one waits for a place'(): void {
    using pool = new ThreadPool(1);
    const waiter = spawn(() => pool.apply(spin));
    until(() => pool.length === 1);
    const next = spawn(() => pool.apply(square, [5]));
    sleep(0);
    assert.equal(
      (next as unknown as { waitText(): string }).waitText(),
      'Semaphore.acquire (threads of a pool)',
    );
    waiter.kill();
    assert.equal(next.get(), 25);
    joinAll([waiter, next]);
    assert.deepEqual([pool.length, pool.size], [0, 1]);
  },
};
