// Waiting for several sockets and streams at once.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { getHub, kill, sleep, spawn, spawnLater } from 'greenlets';
import { POLLERR, POLLIN, POLLOUT, poll, select } from 'greenlets/select';
import {
  createConnection,
  createServer,
  socket,
  socketpair,
  waitRead,
  waitReadWrite,
  waitWrite,
} from 'greenlets/socket';
import { tcpPair, thrown } from './pairs.ts';

export const tests = {
  'select looks, and waits until one can be read'(): void {
    const [a, b] = socketpair();
    const [c, d] = socketpair();
    assert.deepEqual(select([a, c], [], [], 0), [[], [], []]);
    assert.deepEqual(select([a, c], [], [], 0.005), [[], [], []]);
    spawnLater(0.005, () => b.send('x'));
    assert.deepEqual(select([a, c], [], [], 5), [[a], [], []]);
    d.send('y');
    waitRead(c);
    assert.deepEqual(select([c, a], [a], [], 5), [[c, a], [a], []]);
    assert.equal(String(a.recv()) + String(c.recv()), 'xy');
    b.close();
    assert.deepEqual(select([a, c], [], []), [[a], [], []]);
    for (const each of [a, c, d]) each.close();
  },

  'a listener, one that connects, one that is full, one that fails'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    spawnLater(0.002, () => createConnection(listener.getsockname()).close());
    assert.deepEqual(select([listener], [], [], 5), [[listener], [], []]);
    const client = socket();
    client.setBlocking(false);
    client.connectEx(listener.getsockname());
    assert.deepEqual(select([], [client], [], 5), [[], [client], []]);
    client.close();
    listener.close();
    const [a, b] = tcpPair();
    a.setBlocking(false);
    a.send(Buffer.alloc(32 << 20));
    assert.deepEqual(select([], [a], [], 0.002), [[], [], []]);
    b.reset();
    assert.deepEqual(select([], [], [a], 5), [[], [], [a]]);
    a.close();
  },

  'a socket that another greenlet closes ends the wait'(): void {
    const [a, b] = socketpair();
    b.name = 'b';
    const waiting = spawn(() => select([a], [], [b]));
    sleep(0);
    a.name = 'a';
    assert.equal(waiting.waitText(), 'select (a, b)');
    a.close();
    assert.deepEqual(waiting.get(), [[a], [], []]);
    b.close();
  },

  'sockets and streams together; nothing is left on them'(): void {
    const [a, b] = socketpair();
    const stream = new PassThrough();
    const waiting = spawn(() => select([a, stream], [], []));
    sleep(0);
    kill(waiting);
    spawn(() => stream.write('x'));
    assert.deepEqual(select([a, stream], [], []), [[stream], [], []]);
    assert.equal(stream.listenerCount('readable'), 0);
    assert.throws(() => select([5 as never], [], []), /select waits for streams and sockets only/);
    a.close();
    b.close();
  },

  'waitRead and waitWrite wait for one'(): void {
    const [a, b] = socketpair();
    spawnLater(0.002, () => b.send('x'));
    waitRead(a);
    assert.equal(String(a.recv()), 'x');
    waitWrite(a);
    waitReadWrite(a);
    const mine = new RangeError('mine');
    assert.equal(thrown(() => waitRead(a, { timeout: 0.002 })).name, 'SocketTimeout');
    assert.equal(
      thrown(() => waitRead(a, { timeout: 0.002, timeoutException: mine })),
      mine,
    );
    const waiting = spawn(() => waitRead(a));
    sleep(0);
    a.name = 'inbox';
    assert.equal(waiting.waitText(), 'waitRead (inbox)');
    b.close();
    waiting.get();
    a.close();
    assert.match(
      thrown(() => waitRead(5 as never)).message,
      /waitRead waits for streams and sockets/,
    );
  },

  'poll tells the events of each'(): void {
    const [a, b] = socketpair();
    const both = poll();
    both.register(a);
    both.register(b, POLLIN);
    assert.deepEqual(both.poll(), [[a, POLLOUT]]);
    both.modify(a, POLLIN);
    assert.deepEqual(both.poll(0), []);
    assert.deepEqual(both.poll(0.002), []);
    spawnLater(0.002, () => b.send('x'));
    assert.deepEqual(both.poll(5), [[a, POLLIN]]);
    both.unregister(a);
    assert.deepEqual(both.poll(0), []);
    assert.throws(() => both.unregister(a), /not registered/);
    assert.throws(() => both.modify(a, POLLIN), /not registered/);
    assert.throws(() => both.register({} as never), /poll waits for streams and sockets only/);
    a.close();
    b.close();
    const [c, d] = tcpPair();
    const failing = poll();
    failing.register(c, POLLIN);
    d.reset();
    getHub().handleError = () => {};
    assert.deepEqual(failing.poll(5), [[c, POLLIN + POLLERR]]);
    assert.equal(thrown(() => c.recv()).code, 'ECONNRESET');
    c.close();
  },
};
