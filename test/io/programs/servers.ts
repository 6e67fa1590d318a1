// Servers: how they start, accept, limit, fail and stop.
import assert from 'node:assert/strict';
import { type Greenlet, getHub, joinAll, killAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Pool } from 'greenlets/pool';
import { BaseServer, DatagramServer, StreamServer } from 'greenlets/server';
import {
  type Address,
  createConnection,
  createServer,
  type StreamSocket,
  socket,
} from 'greenlets/socket';
import { thrown } from './pairs.ts';

const HERE = ['127.0.0.1', 0] as const;
/** How many clients come at once; more where somebody has the time. */
const CLIENTS = Number(process.env.CONNECTIONS ?? 200);

function echo(client: StreamSocket): void {
  for (;;) {
    const data = client.recv(4096);
    if (data.length === 0) return;
    client.sendAll(data);
  }
}

/** Waits until something holds. */
function until(holds: () => boolean): void {
  while (!holds()) sleep(0.001);
}

/** Runs with uncaught errors collected. */
function collecting(run: (reports: [unknown, Error][]) => void): void {
  const hub = getHub();
  const { handleError } = hub;
  const reports: [unknown, Error][] = [];
  hub.handleError = (context, error) => reports.push([context, error as Error]);
  try {
    run(reports);
  } finally {
    hub.handleError = handleError;
  }
}

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

  'a pool of one: the next connection waits until the handler has ended'(): void {
    const log: string[] = [];
    const server = new StreamServer(
      HERE,
      (client) => {
        log.push('open');
        const data = client.recv(10);
        log.push(String(data));
        client.sendAll(data);
      },
      { spawn: new Pool(1) },
    );
    server.start();
    const [one, two] = [0, 1].map(() => createConnection(server.address)) as [
      StreamSocket,
      StreamSocket,
    ];
    until(() => log.length > 0);
    assert.deepEqual([log, server.full()], [['open'], true]);
    two.sendAll('two');
    one.sendAll('one');
    assert.equal(String(one.recv(10)), 'one');
    assert.equal(String(two.recv(10)), 'two');
    until(() => !server.full());
    assert.deepEqual(log, ['open', 'one', 'open', 'two']);
    assert.equal(one.recv(1).length, 0);
    for (const each of [one, two]) each.close();
    server.stop();
  },

  'stop kills the handlers of a pool that have not ended in time'(): void {
    const server = new StreamServer(HERE, echo, { spawn: 2 });
    server.start();
    const client = createConnection(server.address);
    client.sendAll('x');
    client.recv(1);
    assert.equal(server.pool?.length, 1);
    server.stop(0.01);
    assert.equal(server.pool?.length, 0);
    assert.equal(client.recv(1).length, 0);
    client.close();
  },

  'a connection whose handler is killed before it starts is closed, too'(): void {
    const server = new StreamServer(HERE, echo, { spawn: new Pool(5) });
    const client = socket();
    server.start();
    const spawned = server as unknown as { doHandle(...args: unknown[]): void };
    const { doHandle } = spawned;
    spawned.doHandle = (...args) => {
      doHandle.apply(server, args);
      killAll([...(server.pool as Pool)], { block: false });
    };
    client.connect(server.address);
    assert.equal(client.recv(1).length, 0);
    client.close();
    server.stop();
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

  'stopAccepting lets connections wait, startAccepting serves them'(): void {
    const server = new StreamServer(HERE, echo);
    server.start();
    server.stopAccepting();
    const client = createConnection(server.address);
    client.sendAll('x');
    client.setTimeout(0.01);
    assert.equal(thrown(() => client.recv(1)).name, 'SocketTimeout');
    server.startAccepting();
    client.setTimeout(5);
    assert.equal(String(client.recv(1)), 'x');
    client.close();
    server.stop();
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

  'an error of accepting is reported, and the server goes on after a while'(): void {
    collecting((reports) => {
      let failures = 2;
      class Unlucky extends StreamServer {
        protected override doRead() {
          const args = super.doRead();
          if (args !== undefined && failures-- > 0) {
            args[0].close();
            throw Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' });
          }
          return args;
        }
      }
      const server = new Unlucky(HERE, echo);
      server.minDelay = 0.002;
      server.start();
      const clients = [0, 1, 2].map(() => createConnection(server.address));
      clients[2]?.sendAll('x');
      assert.equal(String(clients[2]?.recv(1)), 'x');
      assert.deepEqual(
        reports.map(([context, error]) => [context === server, error.message]),
        [
          [true, 'accept EMFILE'],
          [true, 'accept EMFILE'],
        ],
      );
      for (const each of clients) each.close();
      server.stop();
    });
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

  [`${CLIENTS} connections at once, each with its own answers`](): void {
    const server = new StreamServer(HERE, echo, { backlog: 1024 });
    server.start();
    const gate = new Event();
    let connected = 0;
    const clients = Array.from({ length: CLIENTS }, (_, i) =>
      spawn(() => {
        const client = createConnection(server.address);
        if (++connected === CLIENTS) gate.set();
        gate.wait();
        for (let round = 0; round < 3; round++) {
          client.sendAll(`${i}:${round}`);
          assert.equal(String(client.recv()), `${i}:${round}`);
        }
        client.close();
      }),
    );
    joinAll(clients, { raiseError: true });
    assert.equal(connected, CLIENTS);
    server.stop();
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
