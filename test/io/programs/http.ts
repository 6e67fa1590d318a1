// HTTP servers.
import assert from 'node:assert/strict';
import { request as nodeRequest } from 'node:http';
import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { HttpError, HttpServer, urlopen } from 'greenlets/http';
import { createConnection } from 'greenlets/socket';
import { serving } from './http-serving.ts';
import { thrown } from './pairs.ts';
import { collecting, HERE, until } from './serving.ts';

/** Sends a request as it is, and returns all that comes until the connection ends. */
function exchange(server: HttpServer, ...parts: string[]): string {
  const client = createConnection(server.address);
  for (const part of parts) client.sendAll(part);
  const all = client.makefile().read();
  client.close();
  return all;
}

export const tests = {
  'what a handler returns is the body'(): void {
    serving(
      (request, response) => {
        response.setHeader('X-Method', request.method);
        response.status = 201;
        return `${request.path} ${request.query.get('a')} ${request.headers['x-one']} ${request.text()}`;
      },
      (url) => {
        const response = urlopen(`${url}/p//q?a=%20b`, { data: 'é', headers: { 'X-One': '1' } });
        assert.deepEqual(
          [response.status, response.reason, response.headers['x-method'], response.ok],
          [201, 'Created', 'POST', true],
        );
        assert.equal(response.headers['content-length'], '13');
        assert.equal(response.text(), '/p//q  b 1 é');
      },
    );
  },

  'an answer in pieces is sent as it is made'(): void {
    const more = new Event();
    serving(
      function* stream() {
        yield 'one\n';
        more.wait();
        yield Buffer.from('two\n');
      },
      (url) => {
        const response = urlopen(url);
        assert.equal(response.headers['transfer-encoding'], 'chunked');
        const lines = response.lines();
        assert.equal(lines.next().value, 'one\n');
        more.set();
        assert.deepEqual([...lines], ['two\n']);
        assert.equal(response.read().length, 0);
      },
    );
  },

  'a body is read as it arrives, in pieces, lines and blocks'(): void {
    serving(
      (request, response) => {
        if (request.path === '/lines') response.json([...request.lines()]);
        else if (request.path === '/blocks')
          return `${request.read(3)}|${request.recv()}|${request.read()}`;
        else {
          for (const piece of request) response.write(piece);
        }
        return undefined;
      },
      (url) => {
        assert.deepEqual(urlopen(`${url}/lines`, { data: 'a\nbc\nd' }).json(), [
          'a\n',
          'bc\n',
          'd',
        ]);
        assert.equal(urlopen(`${url}/blocks`, { data: 'abcdef' }).text(), 'abc|def|');
        const parts = function* () {
          for (let count = 0; count < 300; count++) {
            yield 'x'.repeat(1000);
            sleep(0);
          }
        };
        assert.equal(urlopen(url, { data: parts() }).read().length, 300_000);
      },
    );
  },

  'a connection is used again, and each request has a greenlet'(): void {
    const ports = new Set();
    serving(
      (request) => {
        ports.add(request.raw.socket.remotePort);
        return 'x';
      },
      (url) => {
        // Node gives a connection back just after the end of the body: so two take turns.
        for (let count = 0; count < 6; count++) assert.equal(urlopen(url).text(), 'x');
        assert.equal(ports.size, 2);
        const both = [1, 2].map(() => spawn(() => urlopen(url).text()));
        assert.deepEqual(
          both.map((each) => each.get()),
          ['x', 'x'],
        );
        assert.equal(ports.size, 2);
      },
    );
  },

  'a handler that throws answers 500 and is reported; what is half sent is cut off'(): void {
    collecting((reports) => {
      serving(
        function failing(request, response) {
          if (request.path === '/half') response.write('half');
          throw new RangeError(request.path);
        },
        (url) => {
          const error = thrown(() => urlopen(`${url}/whole`)) as unknown as HttpError;
          assert.equal(error instanceof HttpError, true);
          assert.deepEqual([error.name, error.status], ['HttpError', 500]);
          assert.equal(error.message, `500 Internal Server Error: ${url}/whole`);
          const half = urlopen(`${url}/half`);
          assert.equal(thrown(() => half.read()).code, 'ECONNRESET');
        },
      );
      assert.deepEqual(
        reports.map(([, error]) => error.message),
        ['/whole', '/half'],
      );
      assert.match(String(reports[0]?.[0]), /failing #/);
    });
  },

  'errors and requests are logged'(): void {
    const errors: unknown[] = [];
    const lines: string[] = [];
    serving(
      (request) => {
        if (request.path === '/bad') throw new Error('bad');
        return 'hello';
      },
      (url) => {
        urlopen(`${url}/good`).read();
        assert.equal(urlopen(`${url}/bad`, { raiseError: false }).status, 500);
      },
      {
        errorLog: (error, request) => errors.push(`${request.label} ${error}`),
        log: (line) => lines.push(line),
      },
    );
    assert.deepEqual(errors, ['GET /bad Error: bad']);
    assert.match(
      lines[0] as string,
      /^127\.0\.0\.1 - - \[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] "GET \/good HTTP\/1\.1" 200 5 \d\.\d{6}$/,
    );
    assert.equal(lines.length, 2);
  },

  'HEAD has no body, HTTP/1.0 no chunks, and nonsense is a bad request'(): void {
    serving(
      () => 'hello',
      (url, server) => {
        const head = urlopen(url, { method: 'HEAD' });
        assert.deepEqual([head.headers['content-length'], head.text()], ['5', '']);
        assert.match(
          exchange(server, 'GET / HTTP/1.0\r\n\r\n'),
          /^HTTP\/1\.1 200 [\s\S]*\r\n\r\nhello$/,
        );
        assert.match(exchange(server, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /);
      },
    );
  },

  'a client that waits for 100 Continue gets it when the body is wanted'(): void {
    serving(
      (request) => (request.path === '/read' ? request.text() : 'unread'),
      (_url, server) => {
        const head = (path: string) =>
          `PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n`;
        const client = createConnection(server.address);
        client.sendAll(`${head('/read')}Connection: close\r\n\r\n`);
        const file = client.makefile();
        assert.equal(file.readLine(), 'HTTP/1.1 100 Continue\r\n');
        client.sendAll('body');
        assert.match(file.read(), /HTTP\/1\.1 200 [\s\S]*\r\n\r\nbody$/);
        client.close();
        const unread = exchange(server, `${head('/no')}\r\n`);
        assert.match(unread, /^HTTP\/1\.1 200 [\s\S]*Connection: close[\s\S]*unread$/);
      },
    );
  },

  'a client that goes away is noticed by who reads and by who writes, and is no error of the handler'(): void {
    collecting((reports) => {
      const ends: string[] = [];
      serving(
        (request, response) => {
          try {
            if (request.method === 'POST') request.read();
            for (;;) {
              response.write('x'.repeat(100_000));
              sleep(0);
            }
          } catch (error) {
            ends.push(`${request.method} ${(error as { code: string }).code}`);
            throw error;
          }
        },
        (url, server) => {
          const client = createConnection(server.address);
          client.sendAll('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
          until(() => server.running.length === 1);
          client.reset();
          until(() => ends.length === 1);
          urlopen(url).close();
          until(() => ends.length === 2);
        },
      );
      assert.deepEqual(ends, ['POST ECONNRESET', 'GET ECONNRESET']);
      assert.deepEqual(reports, []);
    });
  },

  'a pool limits the handlers; the others wait in order'(): void {
    let most = 0;
    let running = 0;
    const served: string[] = [];
    serving(
      (request) => {
        running++;
        most = Math.max(most, running);
        sleep(0.005);
        running--;
        served.push(request.path);
        return 'x';
      },
      (url, server) => {
        const clients = ['/1', '/2', '/3', '/4', '/5'].map((path) =>
          spawn(() => urlopen(url + path).text()),
        );
        for (const each of clients) assert.equal(each.get(), 'x');
        assert.equal(server.full(), false);
      },
      { spawn: 2 },
    );
    assert.equal(most, 2);
    assert.equal(served.length, 5);
  },

  'stop lets the handlers end, and kills those that do not'(): void {
    collecting(() => {
      const release = new Event();
      const server = new HttpServer(HERE, (request) => {
        if (request.path === '/long') sleep(60);
        release.wait();
        return 'done';
      });
      server.start();
      const url = `http://127.0.0.1:${server.serverPort}`;
      const short = spawn(() => urlopen(`${url}/short`).text());
      const long = spawn(() => thrown(() => urlopen(`${url}/long`)).name);
      until(() => server.running.length === 2);
      const stopper = spawn(() => server.stop(0.05));
      sleep(0);
      assert.equal(server.started, false);
      release.set();
      assert.equal(short.get(), 'done');
      assert.equal(long.get(), 'HttpError');
      stopper.get();
      assert.deepEqual([server.running.length, server.connections.size], [0, 0]);
      assert.equal(thrown(() => urlopen(url)).code, 'ECONNREFUSED');
    });
  },

  'server-sent events'(): void {
    serving(
      (_request, response) => {
        response.sendEvent('one\ntwo');
        response.sendEvent({ data: '3', event: 'count', id: '7' });
      },
      (url) => {
        const response = urlopen(url);
        assert.equal(response.headers['content-type'], 'text/event-stream');
        assert.equal(response.text(), 'data: one\ndata: two\n\nevent: count\nid: 7\ndata: 3\n\n');
      },
    );
  },

  'the client of another library is served'(): void {
    serving(
      () => 'x',
      (url) => {
        const statuses: number[] = [];
        const asked = nodeRequest(url, { agent: false }, (message) => {
          statuses.push(message.statusCode ?? 0);
          message.resume();
        });
        asked.end();
        until(() => statuses.length === 1);
        assert.deepEqual(statuses, [200]);
      },
    );
  },
};
