/** Fifty clients that ask and wait for the answer, again and again: `PORT SECONDS echo|hello`. Prints how many answers came. */
import { connect } from 'node:net';

const CLIENTS = 50;

/** What is sent, and how long the answer is as soon as enough of it is there to tell. */
const KINDS = {
  echo: { message: 'x'.repeat(64), lengthOf: () => 64 },
  hello: { message: 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', lengthOf: lengthOfResponse },
};

const [port, seconds] = process.argv.slice(2, 4).map(Number);
const { message, lengthOf } = KINDS[process.argv[4]];
const request = Buffer.from(message);
const end = performance.now() + seconds * 1000;
let answers = 0;
let open = CLIENTS;
for (let client = 0; client < CLIENTS; client++) {
  let received = 0;
  let length;
  const read = (size, buffer) => {
    // All answers are equally long; the first one, which is short, comes in one or two pieces.
    length ??= lengthOf(buffer.subarray(0, size));
    received += size;
    if (length === undefined || received < length) return true;
    received = 0;
    answers++;
    if (performance.now() < end) socket.write(request);
    else socket.destroy();
    return true;
  };
  const onread = { buffer: Buffer.alloc(4096), callback: read };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  socket.on('connect', () => socket.write(request));
  socket.on('close', () => {
    open--;
    if (open === 0) console.log(answers);
  });
}

/** The length of a response with a `Content-Length`; undefined if its head has not arrived. */
function lengthOfResponse(piece) {
  const text = piece.toString('latin1');
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\nContent-Length: (\d+)/i.exec(text)?.[1];
  if (length === undefined) throw new Error(`An answer without a length:\n${text}`);
  return head + 4 + Number(length);
}
