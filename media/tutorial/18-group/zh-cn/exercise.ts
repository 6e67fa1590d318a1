// 三位发言人，还有一句说得太早的结束语。
import { sleep, spawn } from 'greenlets';
import { Group } from 'greenlets/pool';

function speak(name: string, sentences: number): void {
  for (let i = 1; i <= sentences; i++) {
    console.log(`${name}: sentence ${i}`);
    sleep(0);
  }
}

const speakers = new Group();
// TODO：让这三个 greenlet 成为组的成员，再等待这个组。
spawn(speak, 'ann', 1);
spawn(speak, 'bob', 3);
spawn(speak, 'carl', 2);
console.log(`${speakers.length} speakers`);
console.log('The meeting is closed.');
