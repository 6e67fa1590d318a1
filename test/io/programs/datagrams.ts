// UDP sockets.
import assert from 'node:assert/strict';
import { getHub, kill, sleep, spawn } from 'greenlets';
import { DatagramSocket, socket } from 'greenlets/socket';
import { hasIPv6, NO_IPV6, thrown } from './pairs.ts';

const HERE = ['127.0.0.1', 0] as const;

function bound(): DatagramSocket {
  const made = new DatagramSocket();
  made.bind(HERE);
  return made;
}

export const tests = {
  'datagrams come one by one, with their sender'(): void {
    const [a, b] = [bound(), bound()];
    assert.equal(a.sendTo('one', b.getsockname()), 3);
    assert.equal(a.sendTo(new Uint8Array([116, 119, 111]), b.getsockname()), 3);
    assert.deepEqual(b.recvFrom(), [Buffer.from('one'), a.getsockname()]);
    assert.equal(String(b.recv(2)), 'tw');
    a.sendTo('', b.getsockname());
    assert.equal(b.recv().length, 0);
    const buffer = Buffer.alloc(3);
    a.sendTo('four', b.getsockname());
    assert.deepEqual([b.recvInto(buffer), String(buffer)], [3, 'fou']);
    a.close();
    b.close();
  },

  'a connected socket sends and receives with one peer'(): void {
    const [a, b, c] = [bound(), bound(), bound()];
    assert.equal(thrown(() => a.send('x')).code, 'ENOTCONN');
    a.connect(b.getsockname());
    assert.deepEqual(a.getpeername(), b.getsockname());
    assert.equal(a.send('x'), 1);
    a.sendAll('y');
    assert.equal(String(b.recv()) + String(b.recv()), 'xy');
    c.sendTo('not for a', a.getsockname());
    b.sendTo('for a', a.getsockname());
    assert.equal(String(a.recv()), 'for a');
    for (const each of [a, b, c]) each.close();
  },

  'timeouts, kills and closes end a wait'(): void {
    const a = bound();
    a.setTimeout(0.005);
    assert.equal(thrown(() => a.recvFrom()).name, 'SocketTimeout');
    a.setTimeout(0);
    assert.equal(thrown(() => a.recv()).code, 'EAGAIN');
    a.setTimeout(undefined);
    const waiting = spawn(() => a.recv());
    sleep(0);
    assert.equal(waiting.waitText(), `Socket.recvFrom (made 127.0.0.1:${a.getsockname()[1]})`);
    assert.equal(thrown(() => a.recv()).name, 'ConcurrentObjectUseError');
    kill(waiting);
    sleep(0);
    const next = spawn(() => a.recv());
    sleep(0);
    getHub().handleError = () => {};
    a.close();
    next.join();
    assert.equal(next.exception.code, 'EBADF');
    assert.equal(thrown(() => a.sendTo('x', HERE)).code, 'EBADF');
  },

  'an address in use, and one that does not fit'(): void {
    const a = bound();
    const b = new DatagramSocket();
    assert.deepEqual(b.getsockname(), ['0.0.0.0', 0]);
    const error = thrown(() => b.bind(a.getsockname()));
    assert.deepEqual([error.name, error.code], ['SocketError', 'EADDRINUSE']);
    b.close();
    assert.match(thrown(() => a.sendTo('x', 'path')).message, /^An address is \[host, port\]/);
    assert.equal(thrown(() => a.sendTo(Buffer.alloc(70_000), a.getsockname())).code, 'EMSGSIZE');
    assert.match(thrown(() => socket('Unix', 'datagram' as never)).message, /no datagram sockets/);
    a.close();
  },

  options(): void {
    const a = socket('IPv4', 'datagram');
    a.setOptions({
      broadcast: true,
      ttl: 3,
      multicastTtl: 1,
      multicastLoopback: true,
    });
    a.bind(HERE);
    a.setOptions({ ttl: 4 });
    assert.equal(a.getOptions().ttl, 4);
    assert.equal(thrown(() => a.setOptions({ ttl: 0 })).code, 'EINVAL');
    a.sendTo('x', a.getsockname());
    assert.equal(a.recvFrom()[1][0], '127.0.0.1');
    a.close();
  },

  IPv6(): void {
    const a = socket('IPv6', 'datagram');
    a.setOptions({ ipv6Only: true });
    if (!hasIPv6()) {
      assert.match(thrown(() => a.bind(['::1', 0])).code, NO_IPV6);
      return;
    }
    a.bind(['::1', 0]);
    a.sendTo('x', a.getsockname());
    assert.deepEqual(a.recvFrom(), [Buffer.from('x'), a.getsockname()]);
    a.close();
  },

  'members of a multicast group receive what is sent to it'(): void {
    const group = '239.255.77.1';
    const a = socket('IPv4', 'datagram');
    a.setOptions({ reuseAddress: true, multicastInterface: '127.0.0.1', multicastLoopback: true });
    a.bind(['0.0.0.0', 0]);
    a.addMembership(group, '127.0.0.1');
    a.setTimeout(5);
    a.sendTo('to all', [group, a.getsockname()[1]]);
    assert.equal(String(a.recv()), 'to all');
    a.dropMembership(group, '127.0.0.1');
    assert.equal(thrown(() => a.addMembership('127.0.0.1')).code, 'EINVAL');
    a.close();
  },

  'more than fits is lost, and not kept'(): void {
    const [a, b] = [bound(), bound()];
    const big = Buffer.alloc(60_000);
    for (let i = 0; i < 40; i++) a.sendTo(big, b.getsockname());
    sleep(0.01);
    b.setTimeout(0);
    let received = 0;
    while (b.canRead()) received += b.recv().length;
    assert(received > 0 && received <= 1 << 20, String(received));
    a.close();
    b.close();
  },
};
