import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { PromptWriter } from '../../extension/cdp/prompt-writer.ts';

/** A socket that keeps what is written to it. */
class Wire extends EventEmitter {
  writable = true;
  private readonly chunks: Buffer[] = [];

  write(chunk: Buffer | string): void {
    this.chunks.push(Buffer.from(chunk));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  /** Something arrives from the other side; the writer has had time to answer. */
  async receive(): Promise<void> {
    this.emit('data', Buffer.from('x'));
    await new Promise((done) => setImmediate(done));
  }
}

function setUp(): { wire: Wire; writer: PromptWriter } {
  const wire = new Wire();
  return { wire, writer: new PromptWriter(wire as unknown as Socket) };
}

/** The messages in a client's stream of masked text frames, and how many bytes of the last one are missing. */
function decode(bytes: Buffer): { messages: unknown[]; missing: number } {
  const messages: unknown[] = [];
  let at = 0;
  while (at < bytes.length) {
    assert.equal(bytes[at], 0x81, 'a frame begins with FIN and the opcode of text');
    const short = (bytes[at + 1] as number) & 0x7f;
    assert.equal((bytes[at + 1] as number) & 0x80, 0x80, 'a client masks its frames');
    const [size, length] =
      short === 127
        ? [8, Number(bytes.readBigUInt64BE(at + 2))]
        : short === 126
          ? [2, bytes.readUInt16BE(at + 2)]
          : [0, short];
    const start = at + 2 + size + 4;
    assert.deepEqual([...bytes.subarray(start - 4, start)], [0, 0, 0, 0]);
    at = start + length;
    if (at > bytes.length) return { messages, missing: at - bytes.length };
    messages.push(JSON.parse(bytes.toString('utf8', start, at)));
  }
  return { messages, missing: 0 };
}

test('commands of every length arrive whole and in order', () => {
  const { wire, writer } = setUp();
  const commands = [1, 10, 125, 126, 5000, 65_535, 70_000].map((length) => ({
    text: 'é'.repeat(length),
  }));
  for (const command of commands) writer.send(JSON.stringify(command));
  assert.deepEqual(decode(wire.bytes), { messages: commands, missing: 0 });
});

test('each arrival that is not answered is acknowledged by a byte, and nothing is answered twice', async () => {
  const { wire, writer } = setUp();
  await wire.receive();
  const opened = wire.bytes.length;
  assert.ok(opened > 0);
  await wire.receive();
  assert.equal(wire.bytes.length, opened + 1);
  wire.emit('data', Buffer.from('x'));
  writer.send('{"id":1}');
  const sent = wire.bytes.length;
  await new Promise((done) => setImmediate(done));
  assert.equal(wire.bytes.length, sent, 'the command carries the acknowledgement');
  assert.deepEqual(decode(wire.bytes), { messages: [{ id: 1 }], missing: 0 });
});

test('a command that does not fit into the opened frame follows it', async () => {
  const { wire, writer } = setUp();
  await wire.receive();
  const long = { text: 'x'.repeat(10_000) };
  writer.send(JSON.stringify(long));
  const { messages, missing } = decode(wire.bytes);
  assert.deepEqual([messages.length, messages[1], missing], [2, long, 0]);
  assert.equal((messages[0] as { id: number }).id, 0, 'the answer to the filler is not waited for');
});

test('any number of arrivals and commands keeps the stream whole', async () => {
  const { wire, writer } = setUp();
  for (let i = 0; i < 9000; i++) await wire.receive();
  for (let id = 1; id <= 5; id++) {
    await wire.receive();
    writer.send(JSON.stringify({ id }));
  }
  const { messages, missing } = decode(wire.bytes);
  const ids = messages.map((each) => (each as { id: number }).id).filter((id) => id > 0);
  assert.deepEqual([ids, missing], [[1, 2, 3, 4, 5], 0]);
});

test('finish completes an opened frame, and nothing is written to a socket that has closed', async () => {
  const { wire, writer } = setUp();
  await wire.receive();
  assert.ok(decode(wire.bytes).missing > 0);
  writer.finish();
  assert.equal(decode(wire.bytes).missing, 0);
  const { length } = wire.bytes;
  writer.finish();
  wire.writable = false;
  await wire.receive();
  assert.equal(wire.bytes.length, length);
});
