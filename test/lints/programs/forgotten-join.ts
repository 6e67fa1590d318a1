/** The program does not wait for what it has spawned. */
import { sleep, spawn } from 'greenlets';

function save(name: string): void {
  sleep(0.01);
  console.log(`${name} is saved`);
}

spawn(save, 'first');
sleep(0.03);
spawn(save, 'last'); // @never
console.log('all is saved');
