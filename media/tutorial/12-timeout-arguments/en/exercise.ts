// Who has not answered after half a second is to count as `nothing`. There is an option for that, without a try.
import { sleep, withTimeout } from 'greenlets';

function ask(name: string, seconds: number): string {
  sleep(seconds);
  return `${name} has answered`;
}

console.log(withTimeout(0.5, () => ask('The hare', 0.05)));
console.log(withTimeout(0.5, () => ask('The tortoise', 5)));
