// Three speakers, and the closing words after the last of them.
import { sleep } from 'greenlets';
import { Group } from 'greenlets/pool';

function speak(name: string, sentences: number): void {
  for (let i = 1; i <= sentences; i++) {
    console.log(`${name}: sentence ${i}`);
    sleep(0);
  }
}

const speakers = new Group();
speakers.spawn(speak, 'ann', 1);
speakers.spawn(speak, 'bob', 3);
speakers.spawn(speak, 'carl', 2);
console.log(`${speakers.length} speakers`);
speakers.join();
console.log('The meeting is closed.');
