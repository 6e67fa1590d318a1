// Servers: how much they take at a time, and when it is too much.
import assert from 'node:assert/strict';
import { joinAll, killAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Pool } from 'greenlets/pool';
import { StreamServer } from 'greenlets/server';
import { createConnection, type StreamSocket, socket } from 'greenlets/socket';
import { thrown } from './pairs.ts';
import { collecting, echo, HERE, until } from './serving.ts';

/** How many clients come at once; more where somebody has the time. */
const CLIENTS = Number(process.env.CONNECTIONS ?? 200);

export const tests = {
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

  'maxAccept: after so many, others have their turn'(): void {
    const log: string[] = [];
    class Counting extends StreamServer {
      protected override doRead() {
        const args = super.doRead();
        if (args !== undefined) log.push('accepted');
        return args;
      }
    }
    for (const most of [100, 1]) {
      const server = new Counting(HERE, echo);
      server.maxAccept = most;
      server.start();
      server.stopAccepting();
      const clients = [0, 1, 2].map(() => createConnection(server.address));
      until(() => server.socket?.canRead() === true);
      sleep(0.005);
      server.startAccepting();
      spawn(() => log.push('turn'));
      until(() => log.length === 4);
      assert.deepEqual(
        log.splice(0),
        most === 1
          ? ['accepted', 'turn', 'accepted', 'accepted']
          : ['accepted', 'accepted', 'accepted', 'turn'],
      );
      for (const each of clients) each.close();
      server.stop();
    }
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
};
