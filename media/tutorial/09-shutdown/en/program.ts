// A signal ends a greenlet that would wait forever, and with it the program.
import { kill, sleep, spawn } from 'greenlets';
import { signal } from 'greenlets/signal';

function runForever(): void {
  sleep(1000);
}

const start = performance.now();
const thread = spawn(runForever);

// From now on this signal does not end the process, it kills the greenlet.
signal('SIGTERM', kill, thread);

// Nobody is there to press a key, so the program sends the signal to itself.
spawn(() => {
  sleep(0.5);
  process.kill(process.pid, 'SIGTERM');
});

thread.join();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(`joined after ${seconds} s; value ${thread.value}; successful ${thread.successful()}`);
