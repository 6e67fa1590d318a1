// Three speakers, and closing words that come far too early.
import { sleep, spawn } from 'greenlets';
import { Group } from 'greenlets/pool';

function speak(name: string, sentences: number): void {
  for (let i = 1; i <= sentences; i++) {
    console.log(`${name}: sentence ${i}`);
    sleep(0);
  }
}

const speakers = new Group();
// TODO: make the three greenlets members of the group, and wait for the group.
spawn(speak, 'ann', 1);
spawn(speak, 'bob', 3);
spawn(speak, 'carl', 2);
console.log(`${speakers.length} speakers`);
console.log('The meeting is closed.');
