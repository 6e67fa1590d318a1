// What goes wrong with connections: half-closed, reset, slow, refused, gone; and that nothing is lost or left by it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { getHub, joinAll, result, sleep, spawn } from 'greenlets';
import { StreamServer } from 'greenlets/server';
import {
  createConnection,
  createServer,
  GaiError,
  SocketError,
  type StreamSocket,
  socket,
  socketpair,
} from 'greenlets/socket';
import { tcpPair, thrown } from './pairs.ts';

const MEGABYTE = 1 << 20;

/** Receives until the end, in small pieces, with pauses. */
function receiveSlowly(from: StreamSocket): Buffer {
  const parts: Buffer[] = [];
  for (let pieces = 0; ; pieces++) {
    const part = from.recv(100_000);
    if (part.length === 0) return Buffer.concat(parts);
    parts.push(part);
    if (pieces % 16 === 0) sleep(0.001);
  }
}

export const tests = {
  'half-closed: the other direction goes on'(): void {
    const [a, b] = tcpPair();
    a.sendAll('question');
    a.shutdown('write');
    assert.equal(thrown(() => a.sendAll('more')).code, 'EPIPE');
    assert.equal(b.recv(100).length, 8);
    assert.equal(b.recv(100).length, 0);
    sleep(0.005);
    b.sendAll('answer');
    assert.equal(String(a.recv(100)), 'answer');
    b.close();
    assert.equal(a.recv(1).length, 0);
    a.close();
  },

  'shutdown for reading ends a wait, and what comes later is not received'(): void {
    const [a, b] = tcpPair();
    const reader = spawn(() => b.recv(10));
    sleep(0);
    b.shutdown('read');
    assert.equal(reader.get().length, 0);
    a.sendAll('late');
    sleep(0.005);
    assert.equal(b.recv(10).length, 0);
    b.sendAll('still sends');
    assert.equal(String(a.recv()), 'still sends');
    a.close();
    b.close();
  },

  'a reset reaches who receives and who sends, and those who come later'(): void {
    const [a, b] = tcpPair();
    getHub().handleError = () => {};
    const waits = [spawn(() => b.recv(1)), spawn(() => b.sendAll(Buffer.alloc(64 * MEGABYTE)))];
    sleep(0.005);
    a.reset();
    joinAll(waits);
    for (const each of waits) {
      assert(each.exception instanceof SocketError, String(each.exception));
      assert.match(each.exception.code, /^(ECONNRESET|EPIPE)$/);
    }
    assert.match(thrown(() => b.recv(1)).code, /^(ECONNRESET|EPIPE)$/);
    assert.match(thrown(() => b.sendAll('x')).code, /^(ECONNRESET|EPIPE)$/);
    b.close();
  },

  'what has arrived before a reset is received first'(): void {
    const [a, b] = tcpPair();
    a.sendAll('first');
    assert.equal(String(b.recv(1)), 'f');
    a.reset();
    sleep(0.005);
    assert.equal(String(b.recv(10)), 'irst');
    assert.equal(thrown(() => b.recv(1)).code, 'ECONNRESET');
    b.close();
  },

  'a slow reader: the writer waits, and memory stays small'(): void {
    const [a, b] = tcpPair();
    const data = Buffer.alloc(24 * MEGABYTE);
    for (let i = 0; i < data.length; i += 4096) data.writeUInt32LE(i, i);
    let sent = 0;
    const writer = spawn(() => {
      for (let i = 0; i < data.length; i += MEGABYTE) {
        a.sendAll(data.subarray(i, i + MEGABYTE));
        sent += MEGABYTE;
      }
      a.close();
    });
    assert.equal(b.recv(1, { peek: true }).length, 1);
    for (let before = -1; before !== sent; sleep(0.02)) before = sent;
    assert(sent < data.length, 'the writer has not waited');
    assert(b.recv(1 << 30, { peek: true }).length < 1 << 18, 'the reader has taken too much');
    assert(receiveSlowly(b).equals(data));
    writer.join();
    b.close();
  },

  'a slow writer: each piece is received when it comes'(): void {
    const [a, b] = tcpPair();
    spawn(() => {
      for (const piece of 'abc') {
        a.sendAll(piece);
        sleep(0.003);
      }
      a.close();
    });
    const received: string[] = [];
    for (;;) {
      const data = b.recv();
      if (data.length === 0) break;
      received.push(String(data));
    }
    assert.deepEqual(received, ['a', 'b', 'c']);
    b.close();
  },

  'a buffer can be used again after sendAll'(): void {
    const [a, b] = tcpPair();
    const reader = spawn(() => receiveSlowly(b));
    const buffer = Buffer.alloc(MEGABYTE);
    for (let round = 1; round <= 12; round++) a.sendAll(buffer.fill(round));
    buffer.fill(0);
    a.close();
    const received = reader.get();
    assert.equal(received.length, 12 * MEGABYTE);
    for (let round = 1; round <= 12; round++) {
      const part = received.subarray((round - 1) * MEGABYTE, round * MEGABYTE);
      assert(part.every((byte) => byte === round));
    }
    b.close();
  },

  'closing sends what was sent before'(): void {
    const [a, b] = tcpPair();
    const reader = spawn(() => receiveSlowly(b));
    a.setTimeout(0);
    a.send(Buffer.alloc(16 * MEGABYTE));
    a.close();
    assert.equal(reader.get().length, 16 * MEGABYTE);
    b.close();
  },

  'a listener that is closed during accept'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const address = listener.getsockname();
    getHub().handleError = () => {};
    const accepting = spawn(() => listener.accept());
    sleep(0);
    listener.close();
    accepting.join();
    assert.equal(accepting.exception.code, 'EBADF');
    assert.equal(thrown(() => listener.accept()).code, 'EBADF');
    assert.equal(thrown(() => createConnection(address)).code, 'ECONNREFUSED');
  },

  'a listener that is closed resets those who were not accepted'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const client = createConnection(listener.getsockname());
    sleep(0.005);
    listener.close();
    assert.equal(thrown(() => client.recv(1)).code, 'ECONNRESET');
    client.close();
  },

  'a port in use: the error names the address'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const [, port] = listener.getsockname();
    const error = thrown(() => createServer(['127.0.0.1', port]));
    assert(error instanceof SocketError);
    assert.deepEqual(
      [error.code, error.syscall, error.address, error.port, error.message],
      [
        'EADDRINUSE',
        'listen',
        '127.0.0.1',
        port,
        `listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
      ],
    );
    listener.close();
    createServer(['127.0.0.1', port]).close();
  },

  'a refused connection: the socket can try again'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const address = listener.getsockname();
    listener.close();
    const client = socket();
    const error = thrown(() => client.connect(address));
    assert.deepEqual(
      [error.code, error.syscall, error.port],
      ['ECONNREFUSED', 'connect', address[1]],
    );
    assert.equal(client.connectEx(address), 'ECONNREFUSED');
    const again = createServer(address);
    assert.equal(client.connectEx(address), undefined);
    client.close();
    again.close();
  },

  'a host that does not exist'(): void {
    const error = thrown(() => createConnection(['no.such.host.invalid', 80]));
    assert(error instanceof GaiError && error instanceof SocketError);
    assert.match(error.code, /^(ENOTFOUND|EAI_AGAIN)$/);
    assert.match(error.message, /no\.such\.host\.invalid/);
    const client = socket();
    assert(thrown(() => client.connect(['no.such.host.invalid', 80])) instanceof GaiError);
    client.close();
  },

  'a connect that gets no answer ends with its timeout'(): void {
    // It listens and never accepts: when its backlog is full, the system answers with silence.
    const program = `
      const { parentPort } = require('node:worker_threads');
      const server = require('node:net').createServer();
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
        parentPort.postMessage(server.address().port);
        setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
      });
    `;
    const deaf = new Worker(program, { eval: true });
    const [port] = result(once(deaf, 'message'));
    sleep(0.02);
    const codes = [1, 2, 3, 4, 5].map(() => {
      const client = socket();
      client.setTimeout(0.02);
      return [client, client.connectEx(['127.0.0.1', port])] as const;
    });
    assert.deepEqual(codes.at(-1)?.[1], 'ETIMEDOUT');
    for (const [client] of codes) client.close();
    result(deaf.terminate());
  },

  'Unix sockets: a path that is in use, a path that leads nowhere, and no file is left'(): void {
    const folder = mkdtempSync(join(tmpdir(), 'greenlets-'));
    const path = join(folder, 's');
    const listener = createServer(path);
    assert.equal(listener.getsockname(), path);
    assert.equal(thrown(() => createServer(path)).code, 'EADDRINUSE');
    const client = createConnection(path);
    const [served, address] = listener.accept();
    assert.equal(address, '');
    assert.equal(client.getpeername(), path);
    served.sendAll('x');
    assert.equal(String(client.recv()), 'x');
    for (const each of [served, client, listener]) each.close();
    sleep(0.005);
    assert.equal(existsSync(path), false);
    assert.equal(thrown(() => createConnection(path)).code, 'ENOENT');
    rmSync(folder, { recursive: true });
  },

  'no descriptor is left open, however a connection ends'(): void {
    const folder = existsSync('/proc/self/fd') ? '/proc/self/fd' : '/dev/fd';
    const open = () => readdirSync(folder).length;
    const hub = getHub();
    const { handleError } = hub;
    hub.handleError = () => {};
    const before = open();
    const listener = createServer(['127.0.0.1', 0]);
    const server = new StreamServer(
      ['127.0.0.1', 0],
      (client: StreamSocket) => {
        if (client.recv(1).length === 0) throw new Error('left at once');
      },
      { spawn: 3, ssl: { verify: 'none' } },
    );
    server.start();
    const rude: StreamSocket[] = [];
    for (let round = 0; round < 10; round++) {
      const client = createConnection(listener.getsockname());
      const [served] = listener.accept();
      if (round % 2 === 0) client.reset();
      else client.close();
      served.close();
      // These are never accepted, have no handshake, or are given up.
      createConnection(listener.getsockname()).close();
      rude.push(createConnection(server.address));
      rude.at(-1)?.sendAll('no handshake');
      const connecting = spawn(() => createConnection(server.address));
      sleep(0);
      connecting.kill();
      thrown(() => createConnection(['127.0.0.1', 1], { timeout: 1 }));
      for (const end of socketpair()) end.close();
    }
    const still = createConnection(server.address);
    listener.close();
    server.stop(0.01);
    for (const each of [still, ...rude]) each.close();
    // Those that were given up have their end from the other side.
    for (let tries = 0; open() > before && tries < 500; tries++) sleep(0.002);
    assert.equal(open(), before);
    hub.handleError = handleError;
  },

  'no listener is left on a stream after many waits'(): void {
    const [a, b] = tcpPair();
    const node = b.stream as net.Socket;
    const count = () => node.eventNames().reduce((sum, each) => sum + node.listenerCount(each), 0);
    a.sendAll('x');
    b.recv(1);
    const before = count();
    for (let round = 0; round < 20; round++) {
      b.setTimeout(0.0005);
      assert.equal(thrown(() => b.recv(1)).name, 'SocketTimeout');
      a.sendAll('x');
      b.setTimeout(undefined);
      b.recv(1);
    }
    assert.equal(count(), before);
    a.close();
    b.close();
  },
};
