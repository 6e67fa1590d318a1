// Connections: what gevent's sockets do, in the words of greenlets/socket.
import assert from 'node:assert/strict';
import net from 'node:net';
import { sleep, spawn } from 'greenlets';
import { createConnection, createServer, StreamSocket, socket, socketpair } from 'greenlets/socket';
import { hasIPv6, NO_IPV6, tcpPair, thrown } from './pairs.ts';

export const tests = {
  'a server and its client talk'(): void {
    const listener = socket('IPv4', 'stream');
    listener.bind(['127.0.0.1', 0]);
    listener.listen(5);
    const [host, port] = listener.getsockname();
    assert.equal(host, '127.0.0.1');
    const client = socket();
    const accepting = spawn(() => listener.accept());
    client.connect([host, port]);
    const [served, address] = accepting.get();
    assert.deepEqual(address, client.getsockname());
    assert.deepEqual(served.getpeername(), client.getsockname());
    assert.deepEqual(client.getpeername(), [host, port]);
    assert.deepEqual(served.getsockname(), [host, port]);
    assert.equal(client.send('grüß'), 6);
    assert.equal(String(served.recv(100)), 'grüß');
    served.sendAll(new Uint16Array([0x6261]));
    assert.equal(String(client.recv(100)), 'ab');
    served.close();
    assert.equal(client.recv(100).length, 0);
    assert.equal(client.recv(100).length, 0);
    client.close();
    listener.close();
  },

  'recv takes up to a size, and joins what came in pieces'(): void {
    const [a, b] = tcpPair();
    a.setOptions({ noDelay: true });
    a.sendAll('abc');
    sleep(0.005);
    a.sendAll('defg');
    assert.equal(String(b.recv(1)), 'a');
    while (String(b.recv(100, { peek: true })).length < 6) sleep(0.001);
    assert.equal(String(b.recv(4)), 'bcde');
    assert.equal(String(b.recv(100, { peek: true })), 'fg');
    assert.equal(String(b.recv()), 'fg');
    assert.equal(b.recv(0).length, 0);
    spawn(() => {
      for (const part of ['12', '34', '56']) {
        a.sendAll(part);
        sleep(0.001);
      }
      a.close();
    });
    assert.equal(String(b.recv(4, { waitAll: true })), '1234');
    assert.equal(String(b.recv(4, { waitAll: true })), '56');
    b.close();
  },

  'recvInto fills a buffer, recvFrom tells the peer'(): void {
    const [a, b] = tcpPair();
    const buffer = Buffer.alloc(4, '.');
    a.sendAll('abc');
    assert.equal(b.recvInto(buffer, 2), 2);
    assert.equal(String(buffer), 'ab..');
    assert.deepEqual(b.recvFrom(10), [Buffer.from('c'), a.getsockname()]);
    a.close();
    assert.equal(b.recvInto(buffer), 0);
    b.close();
  },

  'a recv that is ready at once does not switch'(): void {
    const [a, b] = tcpPair();
    a.sendAll('xy');
    b.recv(1);
    let others = 0;
    spawn(() => others++);
    assert.equal(String(b.recv(1)), 'y');
    a.sendAll('z');
    assert.equal(others, 0);
    a.close();
    b.close();
  },

  'an accepted socket sees what was sent before accept'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const client = createConnection(listener.getsockname());
    client.sendAll('early');
    client.close();
    sleep(0.005);
    const [served] = listener.accept();
    assert.equal(String(served.recv()), 'early');
    assert.equal(served.recv().length, 0);
    served.close();
    listener.close();
  },

  'connections that wait are accepted in their order'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const clients = [0, 1, 2].map(() => createConnection(listener.getsockname()));
    const addresses = clients.map(() => listener.accept()[1]);
    assert.deepEqual(
      addresses,
      clients.map((each) => each.getsockname()),
    );
    for (const each of [listener, ...clients]) each.close();
  },

  'what cannot be done with a socket is an error that says why'(): void {
    const fresh = socket();
    assert.equal(thrown(() => fresh.recv(1)).code, 'ENOTCONN');
    assert.equal(thrown(() => fresh.getpeername()).code, 'ENOTCONN');
    assert.equal(thrown(() => fresh.accept()).code, 'EINVAL');
    assert.deepEqual(fresh.getsockname(), ['0.0.0.0', 0]);
    assert.match(
      thrown(() => fresh.bind('path')).message,
      /^An address is \[host, port\], not 'path'$/,
    );
    assert.match(thrown(() => fresh.connect(['x', 70000])).message, /from 0 to 65535, not 70000/);
    assert.match(thrown(() => fresh.setTimeout(-1)).message, /of at least 0, not -1/);
    const [a, b] = tcpPair();
    assert.match(thrown(() => a.sendAll(5)).message, /^A socket sends text and bytes, not number$/);
    assert.match(thrown(() => a.recv(-1)).message, /^A number of bytes/);
    assert.equal(thrown(() => a.connect(b.getsockname())).code, 'EISCONN');
    assert.equal(thrown(() => a.shutdown('all')).name, 'TypeError');
    a.close();
    b.close();
    fresh.close();
  },

  'a file reads lines and blocks, and writes'(): void {
    const [a, b] = tcpPair();
    const file = b.makefile();
    spawn(() => {
      for (const part of ['one\ntw', 'o\n', 'thrée', '\nrest of it']) {
        a.sendAll(part);
        sleep(0.001);
      }
      a.close();
    });
    assert.equal(file.readLine(), 'one\n');
    assert.equal(file.readLine(2), 'tw');
    assert.equal(file.readLine(), 'o\n');
    assert.equal(file.read(4), 'thré');
    assert.deepEqual(file.readLines(), ['e\n', 'rest of it']);
    assert.equal(file.readLine(), '');
    assert.equal(file.read(), '');
    file.close();
    assert.equal(thrown(() => file.read()).code, 'EBADF');
    assert.equal(b.closed, false);
    b.close();
  },

  'a file of bytes; lines in a loop; lines that are written'(): void {
    const [a, b] = tcpPair();
    const near = a.makefile();
    const far = b.makefile({ encoding: null });
    near.writeLines(['ä\n', 'b\n']);
    assert.equal(near.write('c'), 1);
    near.flush();
    a.shutdown('write');
    const lines: Buffer[] = [];
    for (const line of far) lines.push(line);
    assert.deepEqual(lines, [Buffer.from('ä\n'), Buffer.from('b\n'), Buffer.from('c')]);
    assert.equal(far.read(5).length, 0);
    const latin = a.makefile({ encoding: 'latin1' });
    b.makefile({ encoding: 'latin1' }).write('ü');
    b.close();
    assert.equal(latin.read(), 'ü');
    a.close();
  },

  'a socket pair'(): void {
    const [a, b] = socketpair();
    assert.equal(a.family, 'Unix');
    a.sendAll('there');
    assert.equal(String(b.recv()), 'there');
    b.sendAll('back');
    b.close();
    assert.equal(String(a.recv()), 'back');
    assert.equal(a.recv().length, 0);
    a.close();
  },

  'IPv6, and a source address'(): void {
    if (!hasIPv6()) {
      assert.match(thrown(() => createServer('[::1]:0')).code, NO_IPV6);
      return;
    }
    const listener = createServer('[::1]:0');
    assert.equal(listener.family, 'IPv6');
    const client = createConnection(listener.getsockname(), { sourceAddress: ['::1', 0] });
    const [served, address] = listener.accept();
    assert.equal(address[0], '::1');
    assert.match(String(served), /^<StreamSocket \[::1\]:\d+>$/);
    for (const each of [listener, client, served]) each.close();
  },

  'a name is looked up, and each of its addresses is tried'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const [, port] = listener.getsockname();
    const client = createConnection(['localhost', port], { timeout: 5, noDelay: true });
    assert.deepEqual(client.getpeername(), ['127.0.0.1', port]);
    assert.equal(client.getTimeout(), 5);
    assert.deepEqual(client.getOptions(), { noDelay: true });
    client.setOptions({ keepAlive: true, keepAliveDelay: 30 });
    client.close();
    listener.close();
  },

  'sockets of Node are taken over, and given back'(): void {
    const listener = createServer(['127.0.0.1', 0]);
    const [host, port] = listener.getsockname();
    const node = net.connect(port, host);
    const [served] = listener.accept();
    served.sendAll('for Node');
    sleep(0.005);
    const client = StreamSocket.fromNode(node);
    assert.equal(String(client.recv()), 'for Node');
    served.sendAll('left over');
    client.recv(1);
    const back = client.detach();
    assert.equal(thrown(() => client.recv(1)).code, 'EBADF');
    const chunks: string[] = [];
    back.on('data', (chunk) => chunks.push(String(chunk))).resume();
    served.sendAll('more');
    served.close();
    while (!back.readableEnded) sleep(0.001);
    assert.equal(chunks.join(''), 'eft overmore');
    assert.equal(back, node);
    back.destroy();
    listener.close();
  },

  'from an event handler, a recv goes on as a greenlet'(): Promise<unknown> {
    const [a, b] = socketpair();
    const received = new Promise<Buffer>((resolve) => {
      setImmediate(() => resolve(b.recv(1)));
    });
    sleep(0.005);
    a.sendAll('x');
    return received.then((data) => assert.equal(String(data), 'x'));
  },
};
