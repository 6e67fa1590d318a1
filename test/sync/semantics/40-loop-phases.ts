// One pass of the loop. Two sockets that become readable in one poll are read in Node's order here, in the reverse on libev: one is left out.
import { joinAll, sleep, spawn, Timeout, withTimeout } from 'greenlets';
import { type StreamSocket, socketpair } from 'greenlets/socket';
import { print } from './python.ts';

function busy(seconds: number) {
  const t = performance.now();
  while (performance.now() - t < seconds * 1000);
}
let out: string[] = [];
const append = (text: string) => out.push(text);
const [a, b] = socketpair();
const [x, y] = socketpair();
function reader(n: string, s: StreamSocket) {
  s.recv(1);
  append(`io-${n}`);
}
function sleeper(n: string, dl: number) {
  sleep(dl);
  append(`timer-${n}`);
}
function limited(text: string, fn: () => void) {
  try {
    withTimeout(0.003, fn);
  } catch (e) {
    if (e instanceof Timeout) append(text);
  }
}
let gs = [
  spawn(limited, 'Timeout-1', () => sleep(10)),
  spawn(reader, '1', a),
  spawn(sleeper, '1', 0.002),
  spawn(sleeper, '2', 0.004),
  spawn(limited, 'Timeout won over the data', () => {
    x.recv(1);
    append('data won over its Timeout');
  }),
];
sleep(0);
sleep(0);
b.send('x');
y.send('x');
busy(0.02); // all of them are due now
spawn(append, 'callback-1');
spawn(append, 'callback-2');
joinAll(gs);
print(out);
print(
  '-- callbacks made ready by an earlier watcher of the same pass run after ALL watchers of the pass',
);
out = [];
function t1() {
  sleep(0.002);
  append('t1');
  spawn(append, 'spawned by t1');
  sleep(0);
  append('t1 after sleep(0)');
}
function t2() {
  sleep(0.003);
  append('t2');
}
gs = [spawn(t1), spawn(t2)];
sleep(0);
busy(0.01);
joinAll(gs);
print(out);
print('-- a short timer started by a timer of the same pass waits for the next pass');
out = [];
function t3() {
  sleep(0.002);
  append('t3');
  sleep(1e-6);
  append('t3 again');
}
function t4() {
  sleep(0.003);
  append('t4');
  busy(0.003);
}
function t5() {
  sleep(0.004);
  append('t5');
}
gs = [spawn(t3), spawn(t4), spawn(t5)];
sleep(0);
busy(0.02);
joinAll(gs);
print(out);
