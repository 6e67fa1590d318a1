/** Fifty clients that send 64 bytes and wait for them: `PORT SECONDS`. Prints how many answers came. */
import { connect } from 'node:net';

const CLIENTS = 50;
const MESSAGE = Buffer.alloc(64, 'x');

const [port, seconds] = process.argv.slice(2).map(Number);
const end = performance.now() + seconds * 1000;
let answers = 0;
let open = CLIENTS;
for (let client = 0; client < CLIENTS; client++) {
  let received = 0;
  const read = (size) => {
    received += size;
    if (received < MESSAGE.length) return true;
    received = 0;
    answers++;
    if (performance.now() < end) socket.write(MESSAGE);
    else socket.destroy();
    return true;
  };
  const onread = { buffer: Buffer.alloc(4096), callback: read };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  socket.on('connect', () => socket.write(MESSAGE));
  socket.on('close', () => {
    open--;
    if (open === 0) console.log(answers);
  });
}
