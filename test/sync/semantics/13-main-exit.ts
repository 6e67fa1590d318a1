// The main greenlet ends: the other greenlets are dropped. Do their finally blocks run?
import { sleep, spawn } from 'greenlets';
import { print, repr } from './python.ts';

function f(n: string) {
  try {
    print(n, 'started');
    sleep(10);
    print(n, 'never printed');
  } catch (e) {
    print(n, 'except', repr(e));
    throw e;
  } finally {
    print(n, 'finally');
  }
}
spawn(f, 'running');
spawn(f, 'second');
sleep(0);
spawn(f, 'never started');
process.on('exit', () => print('atexit'));
print('main ends');
