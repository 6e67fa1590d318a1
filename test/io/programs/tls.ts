// TLS connections: certificates, names, protocols, and what goes wrong with them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Greenlet, getHub, joinAll, kill, sleep, spawn } from 'greenlets';
import { StreamServer } from 'greenlets/server';
import { createConnection, createServer, type StreamSocket, socket } from 'greenlets/socket';
import {
  getServerCertificate,
  SslContext,
  SslError,
  type SslSocket,
  wrapSocket,
} from 'greenlets/ssl';
import { tcpPair, thrown } from './pairs.ts';

function pem(name: string): string {
  return readFileSync(new URL(`../certificates/${name}`, import.meta.url), 'utf8');
}

const HERE = ['127.0.0.1', 0] as const;
const ca = pem('ca.crt');
const own = { cert: pem('localhost.crt'), key: pem('localhost.key') };
const other = { cert: pem('other.example.crt'), key: pem('other.example.key') };
const clientOwn = { cert: pem('client.crt'), key: pem('client.key') };
const trusting = new SslContext({ ca });

function shout(client: StreamSocket): void {
  for (const line of client.makefile()) client.sendAll(line.toUpperCase());
}

/** Runs with a server that was started. */
function serving(
  options: ConstructorParameters<typeof SslContext>[0],
  handle: (client: SslSocket) => unknown,
  use: (server: StreamServer) => void,
): void {
  const server = new StreamServer(HERE, handle as never, { ssl: options });
  server.start();
  try {
    use(server);
  } finally {
    server.stop();
  }
}

/** Both sides of a handshake, and what each of them got: its socket or its error. */
function handshake(
  server: SslContext,
  client: SslContext,
  serverHostname = 'localhost',
): unknown[] {
  const [near, far] = tcpPair();
  const hub = getHub();
  const { handleError } = hub;
  hub.handleError = () => {};
  const sides = [
    spawn(() => client.wrapSocket(near, { serverHostname })),
    spawn(() => server.wrapSocket(far, { serverSide: true })),
  ];
  joinAll(sides);
  hub.handleError = handleError;
  return sides.map((each) => each.value ?? each.exception);
}

function closeAll(...sockets: unknown[]): void {
  for (const each of sockets) (each as StreamSocket).close?.();
}

export const tests = {
  'a server and a client that trusts it'(): void {
    serving(own, shout, (server) => {
      const client = trusting.wrapSocket(createConnection(server.address));
      client.sendAll('one\ntwo\n');
      const file = client.makefile();
      assert.deepEqual([file.readLine(), file.readLine()], ['ONE\n', 'TWO\n']);
      assert.equal(client.version(), 'TLSv1.3');
      assert.match(client.cipher().name, /^TLS_/);
      assert.equal(client.authorized, true);
      assert.equal(client.getPeerCertificate()?.subject.CN, 'localhost');
      assert.equal(
        client.getPeerCertificate(true)?.issuerCertificate.subject.CN,
        'Greenlets test CA',
      );
      assert.deepEqual(client.getpeername(), server.address);
      client.shutdown('write');
      assert.equal(client.recv().length, 0);
      client.close();
      assert.equal(thrown(() => client.version()).code, 'EBADF');
    });
  },

  'much data, both ways at once'(): void {
    const [near, far] = handshake(new SslContext(own), trusting) as SslSocket[];
    const data = Buffer.alloc(3 << 20, 'some text ');
    const receive = (from: SslSocket) => from.recv(data.length, { waitAll: true });
    const work = [
      spawn(() => near?.sendAll(data)),
      spawn(() => far?.sendAll(data)),
      spawn(receive, near as SslSocket),
      spawn(receive, far as SslSocket),
    ];
    joinAll(work, { raiseError: true });
    assert(data.equals(work[2]?.value as Buffer) && data.equals(work[3]?.value as Buffer));
    closeAll(near, far);
  },

  'a certificate that is not trusted, or is for another host'(): void {
    const [near, far] = handshake(new SslContext(own), new SslContext());
    assert(near instanceof SslError, String(near));
    assert.equal(near.code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    closeAll(far);
    const [wrongName, served] = handshake(new SslContext(other), trusting);
    assert(wrongName instanceof SslError, String(wrongName));
    assert.equal(wrongName.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
    closeAll(served);
  },

  'what is not checked, if one does not want it to be'(): void {
    const careless = new SslContext({ verify: 'none' });
    const [near, far] = handshake(new SslContext(own), careless) as SslSocket[];
    assert.equal(near?.authorized, false);
    closeAll(near, far);
    const anyName = new SslContext({ ca, checkHostname: false });
    closeAll(...handshake(new SslContext(other), anyName));
  },

  'a client that must show a certificate'(): void {
    const strict = new SslContext({ ...own, ca, verify: 'required' });
    const known = new SslContext({ ...clientOwn, ca });
    const [near, far] = handshake(strict, known) as SslSocket[];
    assert.equal(far?.authorized, true);
    assert.equal(far?.getPeerCertificate()?.subject.CN, 'client');
    closeAll(near, far);
    const [nobody, refused] = handshake(strict, trusting);
    assert(refused instanceof Error && !('recv' in refused), String(refused));
    closeAll(nobody);
    const lenient = new SslContext({ ...own, ca, verify: 'optional' });
    const [a, b] = handshake(lenient, trusting) as SslSocket[];
    assert.deepEqual([b?.authorized, b?.getPeerCertificate()], [false, undefined]);
    closeAll(a, b);
  },

  'the protocol that both know best is chosen'(): void {
    const [near, far] = handshake(
      new SslContext({ ...own, alpn: ['h2', 'echo/1'] }),
      new SslContext({ ca, alpn: ['echo/1', 'echo/2'] }),
    ) as SslSocket[];
    assert.deepEqual(
      [near?.selectedAlpnProtocol(), far?.selectedAlpnProtocol()],
      ['echo/1', 'echo/1'],
    );
    closeAll(near, far);
    const [a, b] = handshake(new SslContext(own), trusting) as SslSocket[];
    assert.equal(a?.selectedAlpnProtocol(), undefined);
    closeAll(a, b);
  },

  'a server of several names shows the certificate of the one that is asked for'(): void {
    const server = new SslContext({
      ...own,
      serverNames: { 'other.example': new SslContext(other) },
    });
    for (const name of ['other.example', 'localhost']) {
      const [near, far] = handshake(server, trusting, name) as SslSocket[];
      assert.equal(near?.getPeerCertificate()?.subject.CN, name);
      assert.equal(far?.serverName(), name);
      closeAll(near, far);
    }
  },

  'a handshake that fails ends its connection, and is reported'(): void {
    const hub = getHub();
    const { handleError } = hub;
    const reports: [string, string][] = [];
    hub.handleError = (greenlet, error) =>
      reports.push([(greenlet as Greenlet).name, (error as SslError).name]);
    serving(own, shout, (server) => {
      const plain = createConnection(server.address);
      plain.sendAll('GET / HTTP/1.0\r\n\r\n');
      while (plain.recv().length > 0);
      plain.close();
      const gone = createConnection(server.address);
      gone.close();
      const fine = trusting.wrapSocket(createConnection(server.address));
      fine.sendAll('still here\n');
      assert.equal(String(fine.recv()), 'STILL HERE\n');
      fine.close();
      while (reports.length < 2) sleep(0.001);
      assert.deepEqual(reports[0], ['shout', 'SslError']);
    });
    hub.handleError = handleError;
  },

  'timeouts and kills end a handshake, and its connection'(): void {
    const [near, far] = tcpPair();
    near.setTimeout(0.01);
    assert.equal(thrown(() => trusting.wrapSocket(near)).name, 'SocketTimeout');
    while (far.recv().length > 0);
    far.close();
    const [a, b] = tcpPair();
    const wrapping = spawn(() => new SslContext(own).wrapSocket(b, { serverSide: true }));
    sleep(0.005);
    assert.match(wrapping.waitText(), /^Socket.doHandshake \(127\.0\.0\.1:\d+\)$/);
    kill(wrapping);
    assert.equal(a.recv().length, 0);
    a.close();
  },

  'what was sent before the handshake began is part of it'(): void {
    const [near, far] = tcpPair();
    const client = spawn(() => trusting.wrapSocket(near, { serverHostname: 'localhost' }));
    sleep(0.005);
    assert.equal(far.recv(1, { peek: true })[0], 22);
    const served = new SslContext(own).wrapSocket(far, { serverSide: true });
    assert.equal(far.closed, true);
    served.sendAll('ok');
    assert.equal(String(client.get().recv()), 'ok');
    closeAll(client.value, served);
  },

  'a socket that is wrapped first and connected then'(): void {
    serving(own, shout, (server) => {
      const plain = socket();
      const client = wrapSocket(plain, { ca });
      assert.deepEqual([plain.closed, client.closed], [true, false]);
      client.connect(['localhost', server.serverPort as number]);
      client.sendAll('x\n');
      assert.equal(String(client.recv()), 'X\n');
      client.close();
    });
  },

  'the certificate of a server, trusted or not'(): void {
    serving(other, shout, (server) => {
      assert.equal(
        getServerCertificate(server.address as [string, number]).trim(),
        other.cert.trim(),
      );
    });
  },

  'a key that does not fit is an error that says so'(): void {
    const wrong = new SslContext({ cert: own.cert, key: other.key });
    const listener = createServer(HERE);
    const client = createConnection(listener.getsockname());
    const [far] = listener.accept();
    const error = thrown(() => wrong.wrapSocket(far, { serverSide: true }));
    assert(error instanceof SslError, String(error));
    assert.match(error.message, /key values mismatch/);
    closeAll(client, far, listener);
  },
};
