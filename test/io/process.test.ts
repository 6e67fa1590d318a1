/** Whole programs with sockets: when their process ends, and what they print; gevent's own programs among them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Outcome, runProgram } from '../support/fixture.ts';

const IMPORTS = `
import { joinAll, sleep, spawn, spawnLater } from 'greenlets';
import { Event } from 'greenlets/event';
import { Pool } from 'greenlets/pool';
import { createConnection, createServer, socket, socketpair } from 'greenlets/socket';
import { select, poll, POLLIN } from 'greenlets/select';
import { StreamServer } from 'greenlets/server';
process.on('warning', (warning) => console.log('warning', String(warning)));
process.on('unhandledRejection', (error) => console.log('unhandled', String(error)));
`;

async function run(text: string): Promise<Outcome> {
  return await runProgram(IMPORTS + text);
}

async function linesOf(text: string): Promise<string[]> {
  const { stdout, stderr, code } = await run(text);
  assert.deepEqual([stderr, code], ['', 0]);
  return stdout.trimEnd().split('\n');
}

test('when main ends, greenlets that wait for sockets no longer keep the process alive', async () => {
  const lines = await linesOf(`
    const listener = createServer(['127.0.0.1', 0]);
    spawn(() => listener.accept());
    const client = createConnection(listener.getsockname());
    const [near, far] = socketpair();
    spawn(() => { try { near.recv(); } finally { console.log('never'); } });
    spawn(() => select([far], [], []));
    spawn(() => client.sendAll(Buffer.alloc(1 << 16)));
    sleep(0.01);
    console.log('main ends');
  `);
  assert.deepEqual(lines, ['main ends']);
});

test('what an async function waits for keeps the process alive', async () => {
  const lines = await linesOf(`
    const [near, far] = socketpair();
    async function receive() { console.log(String(near.recv())); }
    receive();
    setTimeout(() => far.sendAll('from a timer'), 10);
    console.log('main ends');
  `);
  assert.deepEqual(lines, ['main ends', 'from a timer']);
});

test('what was sent last arrives, though main ends at once', async () => {
  const lines = await linesOf(`
    const listener = createServer(['127.0.0.1', 0]);
    const client = createConnection(listener.getsockname());
    const [served] = listener.accept();
    let size = 0;
    async function receive() {
      for (;;) { const data = served.recv(); if (data.length === 0) break; size += data.length; }
      console.log(size);
    }
    receive();
    client.setTimeout(0);
    client.send(Buffer.alloc(20_000_000));
    client.close();
  `);
  assert.deepEqual(lines, ['20000000']);
});

test('a started server keeps the process alive until it is stopped', async () => {
  const lines = await linesOf(`
    const server = new StreamServer(['127.0.0.1', 0], (client) => {
      client.sendAll('served after main');
      server.close();
    });
    server.start();
    setTimeout(() => {
      const client = createConnection(server.address);
      Promise.resolve(client).then((made) => Promise.resolve(made.recv()).then((data) => console.log(String(data))));
    }, 5);
    console.log('main ends');
  `);
  assert.deepEqual(lines, ['main ends', 'served after main']);
});

test('LoopExit in spite of open sockets: nobody waits for them', async () => {
  const { stdout, stderr, code } = await run(`
    const listener = createServer(['127.0.0.1', 0]);
    const client = createConnection(listener.getsockname());
    const [served] = listener.accept();
    client.sendAll('x');
    new Event().wait();
  `);
  assert.deepEqual([stdout, code], ['', 1]);
  assert.match(stderr, /LoopExit: This operation would block forever/);
});

test('main that waits for a socket gets no LoopExit, and says where it waits', async () => {
  const lines = await linesOf(`
    import { getHub } from 'greenlets';
    const [near, far] = socketpair();
    near.name = 'mailbox';
    const listener = createServer(['127.0.0.1', 0]);
    setTimeout(() => { console.log(getHub().main.waitText()); far.sendAll('x'); }, 20);
    console.log(String(near.recv()));
    setTimeout(() => createConnection(listener.getsockname()), 5);
    console.log(listener.accept().length);
  `);
  assert.deepEqual(lines, ['Socket.recv (mailbox)', 'x', '2']);
});

test('a thousand waits leave no listener behind, and no warning', async () => {
  const lines = await linesOf(`
    const [a, b] = socketpair();
    for (let i = 0; i < 1000; i++) { a.sendAll('x'); b.recv(); }
    const waits = Array.from({ length: 50 }, () => spawn(() => select([b], [], [], 0.01)));
    joinAll(waits);
    console.log('done');
  `);
  assert.deepEqual(lines, ['done']);
});

test('an error that nobody catches names the socket, and ends main with code 1', async () => {
  const { stderr, code, marks } = await run(`
    const listener = createServer(['127.0.0.1', 0]);
    const address = listener.getsockname();
    listener.close();
    spawn(function visitor() {
      createConnection(address); // @connects
    }).join();
    createConnection(address);
  `);
  assert.equal(code, 1);
  const [ofVisitor = '', ofMain = ''] = stderr.split('failed with SocketError');
  assert.match(ofVisitor, /^SocketError: connect ECONNREFUSED 127\.0\.0\.1:\d+/);
  assert(ofVisitor.includes(`main.ts:${marks.get('connects')}`), ofVisitor);
  assert.match(ofMain, /SocketError: connect ECONNREFUSED 127\.0\.0\.1:\d+/);
});

test('gevent: sockets and select (31-select-sockets)', async () => {
  const lines = await linesOf(`
    const [a, b] = socketpair();
    const [c, d] = socketpair();
    console.log('select timeout 0 ->', select([a, c], [], [], 0));
    console.log('select([],[],[],.02) ->', select([], [], [], 0.02));
    spawnLater(0.01, () => b.send('x'));
    console.log('readable:', select([a, c], [], [], 1)[0].map((each) => each === a));
    d.send('y');
    select([c], [], []);
    const [readable, writable] = select([c, a], [a], [], 1);
    console.log('both readable', readable.map((each) => (each === a ? 'a' : 'c')), 'writable', writable.length);
    const p = poll();
    p.register(a, POLLIN);
    console.log('poll', p.poll(0.01).map(([each, event]) => [each === a, event]));
    a.recv(1);
    c.recv(1);
    console.log('-- two greenlets on one socket, same direction');
    function rd() {
      try { return String(a.recv(1)); } catch (error) { return error.name + ': ' + error.message.slice(0, 48); }
    }
    const [g1, g2] = [spawn(rd), spawn(rd)];
    sleep(0.01);
    b.send('1');
    sleep(0.01);
    console.log(g1.value, '|', g2.value, g2.ready());
    console.log('-- close while another greenlet reads');
    const g = spawn(rd);
    sleep(0.01);
    a.close();
    g.join();
    console.log(g.value);
    console.log('-- recv timeout');
    c.setTimeout(0.01);
    try { c.recv(1); } catch (error) { console.log(error.name, error.message); }
    console.log('-- ready order of several sockets that become readable in one poll');
    const pairs = [0, 1, 2, 3, 4, 5].map(() => socketpair());
    const out = [];
    const waiting = pairs.map(([each], i) => spawn(() => { each.recv(1); out.push(i); }));
    sleep(0.01);
    for (const i of [3, 1, 5, 0, 2, 4]) pairs[i][1].send('x');
    joinAll(waiting);
    console.log('all woke', out.length);
    console.log('-- a recv that is ready at once does not switch');
    const [x, y] = socketpair();
    y.send('zz');
    x.recv(1);
    const h = spawn(() => console.log('other'));
    console.log(String(x.recv(1)));
    console.log('no switch happened');
    h.join();
  `);
  assert.deepEqual(lines, [
    'select timeout 0 -> [ [], [], [] ]',
    'select([],[],[],.02) -> [ [], [], [] ]',
    'readable: [ true ]',
    "both readable [ 'c', 'a' ] writable 1",
    'poll [ [ true, 1 ] ]',
    '-- two greenlets on one socket, same direction',
    '1 | ConcurrentObjectUseError: This socket is already used by another greenlet: true',
    '-- close while another greenlet reads',
    'SocketError: The socket is closed',
    '-- recv timeout',
    'SocketTimeout timed out',
    '-- ready order of several sockets that become readable in one poll',
    'all woke 6',
    '-- a recv that is ready at once does not switch',
    'z',
    'no switch happened',
    'other',
  ]);
});

test('gevent: stream servers (32-streamserver)', async () => {
  const { stdout, stderr, code } = await run(`
    const log = [];
    function h(client) { log.push('open'); const d = client.recv(10); log.push(String(d)); client.sendAll(d); }
    let srv = new StreamServer(['127.0.0.1', 0], h, { spawn: new Pool(1) });
    srv.start();
    console.log('started', srv.started, 'port>0', srv.serverPort > 0, 'max_accept', srv.maxAccept);
    const [c1, c2] = [createConnection(srv.address), createConnection(srv.address)];
    while (log.length === 0) sleep(0.001);
    console.log('pool of 1: handlers open', log);
    c2.send('two');
    c1.send('one');
    console.log(String(c1.recv(10)));
    console.log(String(c2.recv(10)));
    while (srv.pool.length > 0) sleep(0.001);
    console.log(log);
    console.log('socket closed by the server after the handler returns', c1.recv(1).length);
    const c3 = createConnection(srv.address);
    while (srv.pool.length === 0) sleep(0.001);
    const begin = performance.now();
    srv.stop(0.1);
    const took = (performance.now() - begin) / 1000;
    console.log('stop(0.1) kills the open handler after its time', took >= 0.099, '; started', srv.started);
    console.log('client sees', c3.recv(1).length);
    function bad() { throw new RangeError('in handler'); }
    srv = new StreamServer(['127.0.0.1', 0], bad);
    srv.start();
    const c = createConnection(srv.address);
    console.log('failing handler: client sees', c.recv(1).length);
    srv.stop();
  `);
  assert.equal(code, 0);
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'started true port>0 true max_accept 100',
    "pool of 1: handlers open [ 'open' ]",
    'one',
    'two',
    "[ 'open', 'one', 'open', 'two' ]",
    'socket closed by the server after the handler returns 0',
    'stop(0.1) kills the open handler after its time true ; started false',
    'client sees 0',
    'failing handler: client sees 0',
  ]);
  assert.match(stderr, /^RangeError: in handler\n[\s\S]*\nbad #\d+ failed with RangeError\n$/);
});

test('the tutorial: a telnet server, which can be stopped (29-simple-server)', async () => {
  const lines = await linesOf(`
    function handle(client) {
      client.send('Hello from a telnet!\\n');
      for (let i = 0; i < 5; i++) client.send(i + '\\n');
      client.close();
    }
    const server = new StreamServer(['127.0.0.1', 0], handle);
    spawn(() => {
      while (!server.started) sleep(0.001);
      const client = createConnection(server.address);
      process.stdout.write(client.makefile().read());
      server.stop();
    });
    server.serveForever();
    console.log('serve_forever returned; started =', server.started);
  `);
  assert.deepEqual(lines, [
    'Hello from a telnet!',
    '0',
    '1',
    '2',
    '3',
    '4',
    'serve_forever returned; started = false',
  ]);
});

test('the tutorial: a pool of sockets that are told at once, and shut down (21-socketpool)', async () => {
  const lines = await linesOf(`
    const group = new Pool(3);
    function subscribe(client) {
      group.spawn(() => { for (;;) { const data = client.recv(); if (data.length === 0) return; console.log('got', String(data)); } });
    }
    const pairs = [0, 1, 2].map(() => socketpair());
    for (const [, far] of pairs) subscribe(far);
    try { if (group.full()) throw new Error('At maximum pool size'); } catch (error) { console.log('4th handler:', error.message); }
    for (const [i, [near]] of pairs.entries()) { near.sendAll('hello ' + i); sleep(0.005); }
    console.log('before shutdown', group.length);
    group.kill();
    console.log('after shutdown', group.length);
  `);
  assert.deepEqual(lines, [
    '4th handler: At maximum pool size',
    'got hello 0',
    'got hello 1',
    'got hello 2',
    'before shutdown 3',
    'after shutdown 0',
  ]);
});
