// Names of hosts, looked up by the system, and by asking a name server of our own.
import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { sleep, spawn } from 'greenlets';
import {
  GaiError,
  getaddrinfo,
  getfqdn,
  gethostbyaddr,
  gethostbyname,
  gethostbynameEx,
  gethostname,
  getnameinfo,
  Resolver,
} from 'greenlets/dns';
import { DatagramServer } from 'greenlets/server';
import { thrown } from './pairs.ts';

/** Answers each question for an address with 192.0.2.7, and no other. */
function nameServer(): DatagramServer {
  const server = new DatagramServer(['127.0.0.1', 0], (question, address) => {
    let end = 12;
    while (question[end] !== 0) end += (question[end] as number) + 1;
    const isA = question.readUInt16BE(end + 1) === 1;
    const name = question.subarray(13, end).toString('latin1');
    if (name.startsWith('silent')) return;
    const head = Buffer.from(question.subarray(0, end + 5));
    head.writeUInt16BE(isA ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(isA ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
    server.sendTo(isA ? Buffer.concat([head, answer]) : head, address);
  });
  server.start();
  return server;
}

export const tests = {
  'addresses of a name, of an address, of nothing'(): void {
    assert.deepEqual(getaddrinfo('localhost', 80, { family: 'IPv4' }), [
      { family: 'IPv4', type: 'stream', address: ['127.0.0.1', 80] },
    ]);
    assert.deepEqual(getaddrinfo('::1', '8080', { type: 'datagram' }), [
      { family: 'IPv6', type: 'datagram', address: ['::1', 8080] },
    ]);
    assert.deepEqual(getaddrinfo(null, 0, { passive: true, family: 'IPv4' })[0]?.address, [
      '0.0.0.0',
      0,
    ]);
    assert(getaddrinfo(null).every(({ address: [host] }) => ['127.0.0.1', '::1'].includes(host)));
  },

  'names by address and addresses by name'(): void {
    assert.equal(gethostbyname('localhost'), '127.0.0.1');
    assert.deepEqual(gethostbynameEx('localhost'), ['localhost', [], ['127.0.0.1']]);
    const [name, aliases, addresses] = gethostbyaddr('127.0.0.1');
    assert.deepEqual(
      [typeof name, Array.isArray(aliases), addresses],
      ['string', true, ['127.0.0.1']],
    );
    const [host, service] = getnameinfo(['127.0.0.1', 22]);
    assert.equal(host, name);
    // A machine without /etc/services has no names for ports.
    assert.match(service, /^(ssh|22)$/);
    assert.equal(gethostname(), hostname());
    assert.equal(typeof getfqdn(), 'string');
    assert.equal(getfqdn('no.such.host.invalid'), 'no.such.host.invalid');
  },

  'what cannot be looked up'(): void {
    const error = thrown(() => getaddrinfo('no.such.host.invalid'));
    assert(error instanceof GaiError);
    assert.match(error.code, /^(ENOTFOUND|EAI_AGAIN)$/);
    assert.equal(
      thrown(() => getaddrinfo('localhost', 80, { numericHost: true })).code,
      'EAI_NONAME',
    );
    assert.match(thrown(() => getaddrinfo('localhost', 'http')).message, /^'http' is no port/);
    assert(thrown(() => gethostbyname('no.such.host.invalid')) instanceof GaiError);
    assert(thrown(() => getnameinfo(['no address', 80])) instanceof TypeError);
  },

  'a resolver asks a name server'(): void {
    const server = nameServer();
    const servers = [`127.0.0.1:${server.serverPort}`];
    const resolver = new Resolver({ servers, timeout: 5 });
    assert.deepEqual(resolver.getServers(), servers);
    assert.deepEqual(resolver.resolve4('any.example'), ['192.0.2.7']);
    assert.equal(thrown(() => resolver.resolve6('any.example')).code, 'ENOTFOUND');
    const asking = spawn(() => thrown(() => resolver.resolve4('silent.example')));
    sleep(0.005);
    assert.equal(asking.waitText(), 'Resolver.resolve4 (silent.example)');
    resolver.cancel();
    const error = asking.get();
    assert.deepEqual([error.name, error.code], ['GaiError', 'ECANCELLED']);
    assert.throws(() => new Resolver({ servers: ['nonsense'] }), TypeError);
    server.stop();
  },
};
