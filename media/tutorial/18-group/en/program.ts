// A Group keeps greenlets together: one join waits for all of its members.
import { spawn } from 'greenlets';
import { Group } from 'greenlets/pool';

function talk(message: string): void {
  for (let i = 0; i < 3; i++) console.log(message);
}

const bar = spawn(talk, 'bar');
const foo = spawn(talk, 'foo');
const fizz = spawn(talk, 'fizz');

const group = new Group();
group.add(bar);
group.add(foo);
// Main waits until the group is empty. fizz is not a member yet, but it runs all the same.
group.join();

group.add(fizz);
group.join();
