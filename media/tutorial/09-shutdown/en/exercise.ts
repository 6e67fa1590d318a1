// The signal kills the worker in the middle of its work. Let it say `Saved.` whatever ends it.
import { kill, sleep, spawn } from 'greenlets';
import { signal } from 'greenlets/signal';

function worker(): void {
  console.log('Working.');
  sleep(1000);
}

const thread = spawn(worker);
signal('SIGTERM', kill, thread);

spawn(() => {
  sleep(0.1);
  process.kill(process.pid, 'SIGTERM');
});

thread.join();
console.log('Bye.');
