// What ends a wait for a socket: a timeout, a kill, a close; and that nothing is lost by it.
import assert from 'node:assert/strict';
import { getHub, joinAll, kill, sleep, spawn, Timeout } from 'greenlets';
import {
  ConcurrentObjectUseError,
  createConnection,
  createServer,
  getDefaultTimeout,
  SocketError,
  SocketTimeout,
  setDefaultTimeout,
  socket,
} from 'greenlets/socket';
import { tcpPair, thrown } from './pairs.ts';

export const tests = {
  'a timeout ends each kind of wait, and loses nothing'(): void {
    const [a, b] = tcpPair();
    b.setTimeout(0.01);
    assert.equal(b.getTimeout(), 0.01);
    const error = thrown(() => b.recv(10));
    assert(error instanceof SocketTimeout && error instanceof SocketError);
    assert.deepEqual(
      [error.name, error.message, error.code],
      ['SocketTimeout', 'timed out', 'ETIMEDOUT'],
    );
    a.sendAll('data');
    b.setTimeout(undefined);
    assert.equal(String(b.recv(10)), 'data');

    b.setTimeout(0.02);
    assert.equal(
      thrown(() => b.recv(6, { waitAll: true }), a.sendAll('half')).name,
      'SocketTimeout',
    );
    assert.equal(String(b.recv(6)), 'half');

    const full = Buffer.alloc(32 << 20);
    b.setTimeout(0.01);
    assert.equal(thrown(() => b.sendAll(full)).name, 'SocketTimeout');

    const listener = createServer(['127.0.0.1', 0]);
    listener.setTimeout(0.01);
    assert.equal(thrown(() => listener.accept()).name, 'SocketTimeout');
    for (const each of [a, listener]) each.close();
    b.reset();
  },

  'a Timeout passes through a wait and leaves the socket usable'(): void {
    const [a, b] = tcpPair();
    const limit = Timeout.startNew(0.01);
    assert.equal(
      thrown(() => b.recv(1)),
      limit,
    );
    a.sendAll('x');
    assert.equal(String(b.recv(1)), 'x');
    a.close();
    b.close();
  },

  'a kill ends each kind of wait, and the next one is served'(): void {
    const [a, b] = tcpPair();
    const listener = createServer(['127.0.0.1', 0]);
    const waits = [
      spawn(() => a.recv(1)),
      spawn(() => a.sendAll(Buffer.alloc(32 << 20))),
      spawn(() => listener.accept()),
    ];
    sleep(0.01);
    assert.deepEqual(
      waits.map((each) => each.waitText?.()),
      [
        `Socket.recv (${b.getsockname().join(':')})`,
        `Socket.sendAll (${b.getsockname().join(':')})`,
        `Socket.accept (${listener.getsockname().join(':')})`,
      ],
    );
    for (const each of waits) kill(each);
    joinAll(waits);
    assert(waits.every((each) => each.value?.name === 'GreenletExit'));
    const client = createConnection(listener.getsockname());
    const [served] = listener.accept();
    client.sendAll('x');
    assert.equal(String(served.recv(1)), 'x');
    b.sendAll('y');
    assert.equal(String(a.recv(1)), 'y');
    a.reset();
    for (const each of [b, client, served, listener]) each.close();
  },

  'a kill and data in the same turn: the data is received once'(): void {
    const [a, b] = tcpPair();
    for (let round = 0; round < 20; round++) {
      const reader = spawn(() => String(b.recv(1)));
      sleep(0);
      a.sendAll('x');
      kill(reader);
      joinAll([reader]);
      assert.equal(reader.value === 'x' ? 'x' : String(b.recv(1)), 'x');
    }
    const never = spawn(() => b.recv(1));
    kill(never);
    sleep(0);
    assert.deepEqual([never.value?.name, b.waiters()], ['GreenletExit', []]);
    a.close();
    assert.equal(b.recv(1).length, 0);
    b.close();
  },

  'whatever ends the waits at random: every byte is received once, in order'(): void {
    const [a, b] = tcpPair();
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const size = 200_000;
    const sent = Buffer.alloc(size);
    for (let i = 0; i < size; i++) sent[i] = random(256);
    spawn(() => {
      for (let at = 0; at < size; ) {
        const piece = sent.subarray(at, at + 1 + random(3000));
        at += piece.length;
        a.sendAll(piece);
        if (random(4) === 0) sleep(0);
      }
      a.close();
    });
    const received: Buffer[] = [];
    let ended = false;
    const ends = { killed: 0, late: 0, kept: 0 };
    while (!ended) {
      b.setTimeout(random(3) === 0 ? 0.0001 : undefined);
      const options = { waitAll: random(3) === 0, peek: random(5) === 0 };
      const reader = spawn(() => {
        try {
          const data = b.recv(1 + random(5000), options);
          if (options.peek) return;
          if (data.length === 0) ended = true;
          received.push(data);
          ends.kept++;
        } catch (error) {
          if (!(error instanceof SocketTimeout)) throw error;
          ends.late++;
        }
      });
      if (random(3) === 0) {
        for (let turns = random(3); turns > 0; turns--) sleep(0);
        if (!reader.ready()) ends.killed++;
        kill(reader);
      }
      reader.join();
    }
    assert(Buffer.concat(received).equals(sent));
    assert(ends.killed > 0 && ends.kept > 0, JSON.stringify(ends));
    b.close();
  },

  'a killed connect lets go of its connection'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const client = socket();
    const connecting = spawn(() => client.connect(listener.getsockname()));
    sleep(0);
    connecting.kill();
    assert.equal(connecting.value.name, 'GreenletExit');
    assert.equal(thrown(() => client.recv(1)).code, 'ENOTCONN');
    client.connect(listener.getsockname());
    client.close();
    listener.close();
  },

  'a second greenlet that wants to receive gets an error that names the first'(): void {
    const [a, b] = tcpPair();
    b.name = 'jobs';
    const first = spawn(function reader() {
      return b.recv(1);
    });
    sleep(0);
    const error = thrown(() => b.recv(1));
    assert(error instanceof ConcurrentObjectUseError);
    assert.match(
      error.message,
      /^This socket is already used by another greenlet: reader #\d+ waits: Socket.recv \(jobs 127.0.0.1:\d+\)$/,
    );
    assert.deepEqual(b.waiters(), [first]);
    const writer = spawn(() => b.sendAll(Buffer.alloc(32 << 20)));
    sleep(0);
    assert.equal(thrown(() => b.sendAll('x')).name, 'ConcurrentObjectUseError');
    a.sendAll('1');
    assert.equal(String(first.get()), '1');
    kill(writer);
    a.close();
    b.reset();
  },

  'closing a socket wakes who waits with an error'(): void {
    const [a, b] = tcpPair();
    const reader = spawn(() => b.recv(1));
    const writer = spawn(() => b.sendAll(Buffer.alloc(32 << 20)));
    sleep(0.005);
    getHub().handleError = () => {};
    b.close();
    joinAll([reader, writer]);
    assert.deepEqual([reader.exception.code, writer.exception.code], ['EBADF', 'EBADF']);
    for (const use of [
      () => b.recv(1),
      () => b.sendAll('x'),
      () => b.getpeername(),
      () => b.shutdown('both'),
      () => b.makefile(),
    ]) {
      assert.equal(thrown(use).code, 'EBADF');
    }
    b.close();
    a.close();
  },

  'a socket that may not wait says so'(): void {
    const [a, b] = tcpPair();
    b.setBlocking(false);
    assert.deepEqual([b.getBlocking(), b.getTimeout()], [false, 0]);
    assert.equal(thrown(() => b.recv(1)).code, 'EAGAIN');
    a.sendAll('x');
    b.setBlocking(true);
    assert.equal(String(b.recv(1)), 'x');
    b.setBlocking(false);
    b.send(Buffer.alloc(32 << 20));
    assert.equal(thrown(() => b.send('x')).code, 'EAGAIN');
    const client = socket();
    client.setBlocking(false);
    const listener = createServer(['127.0.0.1', 0]);
    assert.equal(client.connectEx(listener.getsockname()), 'EINPROGRESS');
    listener.accept();
    client.close();
    listener.close();
    a.close();
    b.reset();
  },

  'the default timeout is that of new sockets'(): void {
    setDefaultTimeout(0.01);
    assert.equal(getDefaultTimeout(), 0.01);
    const listener = createServer(['127.0.0.1', 0]);
    setDefaultTimeout(undefined);
    assert.equal(thrown(() => listener.accept()).name, 'SocketTimeout');
    assert.equal(socket().getTimeout(), undefined);
    listener.close();
  },
};
