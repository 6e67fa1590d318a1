// Servers: how they start, accept, fail and stop.
import assert from 'node:assert/strict';
import { type Greenlet, sleep, spawn } from 'greenlets';
import { BaseServer, DatagramServer, StreamServer } from 'greenlets/server';
import {
  type Address,
  createConnection,
  createServer,
  type StreamSocket,
  socket,
} from 'greenlets/socket';
import { thrown } from './pairs.ts';
import { collecting, echo, HERE, until } from './serving.ts';

export const tests = {
  'a server echoes, and tells about itself'(): void {
    const server = new StreamServer(HERE, echo);
    assert.deepEqual([server.started, server.closed, server.serverPort], [false, true, 0]);
    server.start();
    server.start();
    assert.deepEqual([server.started, server.closed, server.family], [true, false, 'IPv4']);
    assert.equal(server.serverHost, '127.0.0.1');
    assert.deepEqual(
      [server.maxAccept, server.minDelay, server.maxDelay, server.stopTimeout],
      [100, 0.01, 1, 1],
    );
    assert.equal(String(server), `<StreamServer server 127.0.0.1:${server.serverPort}>`);
    const client = createConnection(server.address);
    client.sendAll('hi');
    assert.equal(String(client.recv()), 'hi');
    server.stop();
    assert.deepEqual([server.started, server.closed], [false, true]);
    assert.equal(thrown(() => createConnection(server.address)).code, 'ECONNREFUSED');
    client.sendAll('still served');
    assert.equal(String(client.recv()), 'still served');
    client.close();
  },

  'the handler runs in a greenlet of its name, and its socket is closed after it'(): void {
    let served: StreamSocket | undefined;
    let seen: [string, Address] | undefined;
    const server = new StreamServer(HERE, function serveOne(client, address) {
      served = client;
      seen = [client.label, address];
      client.sendAll('bye');
    });
    server.start();
    const client = createConnection(server.address);
    assert.equal(String(client.recv()), 'bye');
    assert.equal(client.recv().length, 0);
    assert.equal(served?.closed, true);
    assert.deepEqual(seen, [client.getsockname().join(':'), client.getsockname()]);
    client.close();
    server.stop();
  },

  'a subclass handles, and sees itself'(): void {
    class Greeter extends StreamServer {
      greeting = 'hello from';
      handle(client: StreamSocket): void {
        client.sendAll(`${this.greeting} ${this.serverPort}`);
      }
    }
    const server = new Greeter(HERE);
    server.start();
    const client = createConnection(server.address);
    assert.equal(String(client.recv()), `hello from ${server.serverPort}`);
    client.close();
    server.stop();
    assert.throws(() => new StreamServer(HERE), /'handle' must be a function/);
  },

  'an async handler is waited for'(): void {
    const server = new StreamServer(HERE, async (client) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      client.sendAll('late');
    });
    server.start();
    const client = createConnection(server.address);
    assert.equal(String(client.recv()), 'late');
    client.close();
    server.stop();
  },

  'a handler that throws is reported, and ends its connection only'(): void {
    collecting((reports) => {
      const server = new StreamServer(HERE, function fails(client) {
        if (String(client.recv(1)) === 'x') throw new RangeError('in handler');
        client.sendAll('fine');
      });
      server.start();
      const clients = [0, 1].map(() => createConnection(server.address));
      clients[0]?.sendAll('x');
      assert.equal(clients[0]?.recv(1).length, 0);
      clients[1]?.sendAll('y');
      assert.equal(String(clients[1]?.recv()), 'fine');
      assert.deepEqual(
        reports.map(([context, error]) => [(context as Greenlet).name, error.message]),
        [['fails', 'in handler']],
      );
      for (const each of clients) each.close();
      server.stop();
    });
  },

  'each way to spawn, and what is none'(): void {
    const names: string[] = [];
    const starts = (body: (...args: never[]) => unknown, ...args: unknown[]) => {
      names.push(body.name);
      return spawn(body as never, ...(args as never[]));
    };
    for (const way of ['default', 'raw', 5, starts] as const) {
      const server = new StreamServer(HERE, echo, { spawn: way });
      server.start();
      const client = createConnection(server.address);
      client.sendAll('x');
      assert.equal(String(client.recv(1)), 'x');
      client.close();
      server.stop();
    }
    assert.deepEqual(names, ['echo']);
    const wrong = thrown(() => new StreamServer(HERE, echo, { spawn: 'thread' as never }));
    assert.match(
      wrong.message,
      /^spawn is 'default', 'raw', a pool, its size or a function, not thread$/,
    );
  },

  'serveForever starts, and returns when the server is stopped'(): void {
    const server = new StreamServer(HERE, echo);
    const serving = spawn(() => server.serveForever());
    until(() => server.started);
    spawn(() => server.stop());
    serving.get();
    assert.equal(server.started, false);
    const killed = spawn(() => server.serveForever({ stopTimeout: 0 }));
    until(() => server.started);
    killed.kill();
    assert.deepEqual([server.started, killed.value?.name], [false, 'GreenletExit']);
  },

  'a socket that listens already'(): void {
    const listener = createServer(HERE);
    const server = new StreamServer(listener, echo);
    assert.deepEqual(server.address, listener.getsockname());
    server.start();
    const client = createConnection(server.address);
    client.sendAll('x');
    assert.equal(String(client.recv(1)), 'x');
    client.close();
    server.stop();
    assert.equal(listener.closed, true);
  },

  'a port in use, and addresses of all kinds'(): void {
    const first = new StreamServer('127.0.0.1:0', echo);
    first.start();
    const second = new StreamServer(`127.0.0.1:${first.serverPort}`, echo);
    assert.match(
      thrown(() => second.start()).message,
      /EADDRINUSE: address already in use 127\.0\.0\.1:\d+$/,
    );
    assert.deepEqual([second.started, second.closed], [false, true]);
    first.stop();
    second.start();
    second.stop();
    for (const [given, address, family] of [
      [8000, ['', 8000], 'IPv6'],
      [':8000', ['', 8000], 'IPv6'],
      ['*:8000', ['', 8000], 'IPv6'],
      ['[::1]:8000', ['::1', 8000], 'IPv6'],
      ['/tmp/s', '/tmp/s', 'Unix'],
    ] as const) {
      const server = new StreamServer(given, echo);
      assert.deepEqual([server.address, server.family], [address, family]);
    }
    assert.match(
      thrown(() => new StreamServer('nonsense', echo)).message,
      /Failed to parse address 'nonsense'/,
    );
    assert.match(
      thrown(() => new StreamServer(null as never, echo)).message,
      /Expected an address/,
    );
  },

  'its socket is closed by somebody: the server ends, and says why'(): void {
    collecting((reports) => {
      const listener = createServer(HERE);
      const server = new StreamServer(listener, echo);
      server.start();
      sleep(0);
      listener.close();
      until(() => !server.started);
      assert.deepEqual(
        reports.map(([, error]) => (error as Error & { code: string }).code),
        ['EBADF'],
      );
    });
  },

  'a datagram server answers'(): void {
    const server = new DatagramServer(HERE, (data, address) => {
      server.sendTo(`${data}!`, address);
    });
    server.start();
    assert(server instanceof BaseServer);
    const client = socket('IPv4', 'datagram');
    client.sendTo('hi', server.address);
    assert.deepEqual(client.recvFrom(), [Buffer.from('hi!'), server.address]);
    server.stop();
    assert.equal(thrown(() => server.sendTo('x', client.getsockname())).code, 'EBADF');
    client.close();
  },
};
