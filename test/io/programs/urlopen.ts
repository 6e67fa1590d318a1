// Asking HTTP servers.
import assert from 'node:assert/strict';
import { sleep, spawn, withTimeout } from 'greenlets';
import { Event } from 'greenlets/event';
import { urlopen } from 'greenlets/http';
import { serving } from './http-serving.ts';
import { thrown } from './pairs.ts';
import { collecting, until } from './serving.ts';

export const tests = {
  'redirects are followed, and not for ever'(): void {
    const seen: string[] = [];
    serving(
      (request, response) => {
        seen.push(`${request.method} ${request.path} ${request.text()}`);
        if (request.path === '/end') return 'end';
        const status = request.path === '/keep' ? 307 : 302;
        response.redirect(request.path === '/round' ? '/round' : '/end', status);
        return undefined;
      },
      (url) => {
        const response = urlopen(`${url}/post`, { data: 'd' });
        assert.deepEqual([response.text(), response.url], ['end', `${url}/end`]);
        assert.equal(urlopen(`${url}/keep`, { data: 'd' }).text(), 'end');
        assert.deepEqual(seen, ['POST /post d', 'GET /end ', 'POST /keep d', 'POST /end d']);
        const error = thrown(() => urlopen(`${url}/round`, { maxRedirects: 3 }));
        assert.equal(error.message, `More than 3 redirects: ${url}/round`);
      },
    );
  },

  'asking ends with a timeout, a kill and a signal, and leaves nothing behind'(): void {
    collecting(() => {
      const never = new Event();
      serving(
        (request, response) => {
          if (request.path === '/body') response.write('begun');
          never.wait();
        },
        (url, server) => {
          assert.equal(thrown(() => urlopen(url, { timeout: 0.01 })).name, 'SocketTimeout');
          const begun = urlopen(`${url}/body`, { timeout: 0.01 });
          assert.equal(String(begun.recv()), 'begun');
          assert.equal(thrown(() => begun.recv()).name, 'SocketTimeout');
          begun.close();
          const killed = spawn(() => urlopen(url));
          until(() => server.running.length === 3);
          assert.equal(killed.stack().length > 0, true);
          killed.kill();
          assert.equal(thrown(() => withTimeout(0.01, () => urlopen(url))).name, 'Timeout');
          const aborter = new AbortController();
          const aborted = spawn(() => thrown(() => urlopen(url, { signal: aborter.signal })).name);
          sleep(0);
          aborter.abort();
          assert.equal(aborted.get(), 'AbortError');
          until(() => server.connections.size === 0);
          never.set();
        },
      );
    });
  },

  'asking for what cannot be opened'(): void {
    assert.match(
      thrown(() => urlopen('ftp://x')).message,
      /^urlopen opens http: and https:, not ftp:/,
    );
    assert.equal(thrown(() => urlopen('nonsense')).name, 'TypeError');
    assert.equal(thrown(() => urlopen('http://127.0.0.1:1')).code, 'ECONNREFUSED');
  },
};
