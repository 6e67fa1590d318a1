// WebSockets on both sides, with TLS and without.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sleep } from 'greenlets';
import { connectWebSocket, urlopen } from 'greenlets/http';
import { serving } from './http-serving.ts';
import { thrown } from './pairs.ts';
import { collecting, until } from './serving.ts';

function certificate(name: string): string {
  return readFileSync(new URL(`../certificates/${name}`, import.meta.url), 'utf8');
}

export const tests = {
  'WebSockets, both sides blocking'(): void {
    const closed: unknown[] = [];
    serving(
      (request, response) => {
        if (request.path === '/plain') {
          response.status = 426;
          return 'no';
        }
        const socket = request.acceptWebSocket('chat');
        for (const message of socket) {
          socket.send(
            typeof message === 'string' ? `you said ${message}` : Buffer.from(message).reverse(),
          );
        }
        closed.push(socket.closeCode, socket.closeReason);
        return undefined;
      },
      (url, server) => {
        const address = url.replace('http', 'ws');
        const socket = connectWebSocket(`${address}/chat`, { protocols: ['chat'] });
        assert.deepEqual([socket.protocol, socket.closed], ['chat', false]);
        socket.send('hi');
        socket.send(Buffer.from([1, 2, 3]));
        assert.equal(socket.receive(), 'you said hi');
        assert.deepEqual([...(socket.receive() as Buffer)], [3, 2, 1]);
        assert.equal(thrown(() => socket.receive(0.001)).name, 'SocketTimeout');
        socket.close(3001, 'bye');
        assert.equal(socket.receive(), undefined);
        assert.equal(thrown(() => socket.send('late')).code, 'EPIPE');
        until(() => closed.length > 0);
        assert.deepEqual(closed, [3001, 'bye']);
        assert.match(thrown(() => connectWebSocket(`${address}/plain`)).message, /426/);
        until(() => server.connections.size === 0);
      },
    );
  },

  'a WebSocket is closed with its handler, and a plain request is none'(): void {
    collecting((reports) => {
      serving(
        (request) => {
          const socket = request.acceptWebSocket();
          if (request.path === '/fail') throw new Error('fails');
          socket.send('last');
        },
        (url) => {
          const address = url.replace('http', 'ws');
          const socket = connectWebSocket(address);
          assert.deepEqual([...socket], ['last']);
          assert.equal(socket.closeCode, 1000);
          const failing = connectWebSocket(`${address}/fail`);
          assert.deepEqual([failing.receive(), failing.closeCode], [undefined, 1011]);
          assert.equal(urlopen(url, { raiseError: false }).status, 500);
        },
      );
      assert.deepEqual(
        reports.map(([, error]) => error.name),
        ['Error', 'HttpError'],
      );
    });
  },

  'a WebSocket that is slow to read makes its sender wait'(): void {
    let sent = 0;
    serving(
      (request) => {
        const socket = request.acceptWebSocket();
        for (; sent < 200; sent++) socket.send(Buffer.alloc(100_000));
      },
      (url) => {
        const socket = connectWebSocket(url.replace('http', 'ws'));
        sleep(0.05);
        assert.equal(sent < 200, true);
        let received = 0;
        for (const _ of socket) received++;
        assert.deepEqual([sent, received], [200, 200]);
      },
    );
  },

  'HTTPS, and WebSockets in it'(): void {
    serving(
      (request) => {
        if (!request.isWebSocket) return 'secret';
        request.acceptWebSocket().send('hush');
        return undefined;
      },
      (url) => {
        const address = url.replace('http://127.0.0.1', 'https://localhost');
        const ca = certificate('ca.crt');
        assert.equal(urlopen(address, { ca }).text(), 'secret');
        assert.equal(thrown(() => urlopen(address)).name, 'SslError');
        assert.equal(connectWebSocket(address.replace('https', 'wss'), { ca }).receive(), 'hush');
      },
      { ssl: { cert: certificate('localhost.crt'), key: certificate('localhost.key') } },
    );
  },
};
