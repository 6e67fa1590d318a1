// What goes wrong with HTTP: cut off, slow, half-closed, too large, malformed, many at once; and that nothing is lost or left by it.
import assert from 'node:assert/strict';
import { getHub, joinAll, sleep, spawn, withTimeout } from 'greenlets';
import { type HttpServer, urlopen } from 'greenlets/http';
import { StreamServer } from 'greenlets/server';
import { createConnection, type StreamSocket } from 'greenlets/socket';
import { GreenletTree } from 'greenlets/util';
import { serving } from './http-serving.ts';
import { thrown } from './pairs.ts';
import { collecting, HERE, until } from './serving.ts';

const POST = 'POST / HTTP/1.1\r\nHost: x\r\n';

/** Sends a text and returns all that comes until the server closes. */
function exchange(server: HttpServer, text: string): string {
  const client = createConnection(server.address);
  client.sendAll(text);
  const answer = client.makefile().read();
  client.close();
  return answer;
}

/** Runs with a server that sends these texts to who connects, and closes. */
function answering(texts: readonly string[], run: (url: string) => void, pause = 0): void {
  const server = new StreamServer(HERE, (client: StreamSocket) => {
    client.recv(4096);
    for (const each of texts) {
      client.sendAll(each);
      sleep(pause);
    }
  });
  server.start();
  try {
    run(`http://127.0.0.1:${server.serverPort}/`);
  } finally {
    server.stop();
  }
}

/** How many greenlets have not ended. */
function living(): number {
  const count = (tree: GreenletTree): number =>
    tree.childTrees.reduce((sum, each) => sum + count(each), tree.greenlet.dead ? 0 : 1);
  return GreenletTree.forest().reduce((sum, each) => sum + count(each), 0);
}

/** What keeps Node busy, by kind. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of process.getActiveResourcesInfo()) counts[each] = (counts[each] ?? 0) + 1;
  // The hub's own turns come and go.
  for (const each of ['Immediate', 'Timeout', 'TickObject']) delete counts[each];
  return counts;
}

export const tests = {
  'a connection that is cut off in the headers or in the body ends no more than its own request'(): void {
    collecting((reports) => {
      const seen: string[] = [];
      serving(
        (request) => {
          try {
            return request.text();
          } catch (error) {
            seen.push((error as { code: string }).code);
            throw error;
          }
        },
        (url, server) => {
          const cuts = [
            'POST / HT',
            POST,
            `${POST}Content-Length: 10\r\n\r\n`,
            `${POST}Content-Length: 10\r\n\r\nhalf`,
            `${POST}Transfer-Encoding: chunked\r\n\r\n5\r\nhe`,
          ];
          for (const end of ['close', 'reset'] as const) {
            for (const text of cuts) {
              const client = createConnection(server.address);
              client.sendAll(text);
              sleep(0.002);
              client[end]();
            }
          }
          until(() => server.connections.size === 0 && server.running.length === 0);
          assert.equal(urlopen(url, { data: 'whole' }).text(), 'whole');
        },
      );
      // Those that were cut in the headers reach no handler; a handler that is late learns of it as soon as it reads.
      assert.deepEqual(new Set(seen), new Set(['ECONNRESET']));
      assert.equal(seen.length, 6);
      assert.deepEqual(reports, []);
    });
  },

  'malformed requests are refused'(): void {
    serving(
      (request) => `answer to ${request.path}`,
      (url, server) => {
        for (const text of [
          'GET /\u0001 HTTP/1.1\r\n\r\n',
          'GET / HTTP/9.9\r\n\r\n',
          'GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n',
          `${POST}Content-Length: many\r\n\r\n`,
          `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
          `${POST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
        ]) {
          assert.match(exchange(server, text), /^HTTP\/1\.1 400 Bad Request\r\n/, text);
        }
        assert.equal(urlopen(url).text(), 'answer to /');
      },
    );
  },

  'what is too large is refused'(): void {
    serving(
      (request) => request.text(),
      (url, server) => {
        const header = `X-Long: ${'x'.repeat(5000)}\r\n`;
        const answer = exchange(server, `GET / HTTP/1.1\r\nHost: x\r\n${header}\r\n`);
        assert.match(answer, /^HTTP\/1\.1 431 /);
        assert.equal(urlopen(url, { data: 'small' }).text(), 'small');
      },
      { maxHeaderSize: 4096 },
    );
  },

  'who is too slow with headers or body is sent away in time'(): void {
    collecting(() => {
      let failure = '';
      serving(
        (request) => {
          failure = thrown(() => request.read()).code;
        },
        (_url, server) => {
          assert.match(exchange(server, 'GET / HTTP/1.1\r\nHo'), /^HTTP\/1\.1 408 /);
          exchange(server, `${POST}Content-Length: 10\r\n\r\nhalf`);
          until(() => failure !== '');
          assert.equal(failure, 'ECONNRESET');
        },
        { headersTimeout: 0.05, requestTimeout: 0.1 },
      );
    });
  },

  'a client that has closed its sending side gets the answer that was begun'(): void {
    serving(
      () => 'whole answer',
      (_url, server) => {
        const client = createConnection(server.address);
        client.sendAll('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
        client.shutdown('write');
        assert.match(client.makefile().read(), /whole answer$/);
        client.close();
      },
    );
  },

  'servers that cut off, talk nonsense, or are slow'(): void {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';
    const of = (
      texts: readonly string[],
      ask: (url: string) => unknown,
      pause?: number,
    ): string => {
      let seen = '';
      answering(
        texts,
        (url) => {
          const error = thrown(() => ask(url));
          seen = `${error.name} ${error.code}`;
        },
        pause,
      );
      return seen;
    };
    const open = (url: string) => urlopen(url, { timeout: 0.05 });
    const read = (url: string) => open(url).text();
    assert.equal(of([], open), 'SocketError ECONNRESET');
    assert.equal(of(['HTTP/1.1 2'], open), 'SocketError ECONNRESET');
    assert.equal(of(['nonsense\r\n\r\n'], open), 'SocketError HPE_INVALID_CONSTANT');
    assert.equal(of([`${head}half`], read), 'SocketError ECONNRESET');
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n';
    assert.equal(of([chunked], read), 'SocketError ECONNRESET');
    assert.match(
      of([`${chunked}zz\r\n`], read),
      /^SocketError (HPE_INVALID_CHUNK_SIZE|ECONNRESET)$/,
    );
    assert.equal(of([head, 'a', 'b'], read, 0.2), 'SocketTimeout ETIMEDOUT');
    assert.match(
      of([`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`], open),
      /HPE_HEADER_OVERFLOW$/,
    );
  },

  'many at once, killed, timed out, cut off and failing, leave nothing behind'(): void {
    const others = living();
    const before = resources();
    collecting((reports) => {
      serving(
        (request, response) => {
          const { path } = request;
          if (path === '/throws') throw new Error('own');
          if (path === '/slow') sleep(10);
          if (path === '/parts') for (let i = 0; i < 5; i++) response.write(`part ${i}`);
          return path === '/parts' ? undefined : request.text();
        },
        (url, server) => {
          const ways = [
            () => urlopen(`${url}/echo`, { data: 'x' }).text(),
            () => urlopen(`${url}/parts`).text(),
            () => urlopen(`${url}/parts`).close(),
            () => thrown(() => urlopen(`${url}/throws`)),
            () => thrown(() => urlopen(`${url}/slow`, { timeout: 0.02 })),
            () => withTimeout(0.02, () => urlopen(`${url}/slow`), { timeoutValue: null }),
            () => urlopen(`${url}/slow`),
            () => {
              const client = createConnection(server.address);
              client.sendAll(`${POST}Content-Length: 10\r\n\r\nhalf`);
              sleep(0.005);
              client.reset();
            },
          ];
          const all = Array.from({ length: 240 }, (_, i) =>
            spawn(ways[i % ways.length] as () => void),
          );
          const toKill = all.filter((_, i) => i % ways.length === 6);
          sleep(0.05);
          for (const each of toKill) each.kill();
          joinAll(all, { raiseError: true });
          const { handleError } = getHub();
          getHub().handleError = () => {};
          server.stop(0.01);
          getHub().handleError = handleError;
          assert.deepEqual([server.connections.size, server.running.length], [0, 0]);
        },
      );
      const own = reports.filter(([, error]) => error.message === 'own');
      assert.deepEqual([own.length, reports.length], [30, 30]);
    });
    for (let i = 0; i < 200 && JSON.stringify(resources()) !== JSON.stringify(before); i++)
      sleep(0.01);
    assert.deepEqual(resources(), before);
    assert.ok(living() <= others, `${living()} greenlets, before ${others}`);
  },
};
