// Write run: print the name and each number from `from` down to 1, give way after each, and return 'Liftoff!'.
import { Greenlet } from 'greenlets';

class Countdown extends Greenlet<string> {
  from: number;

  constructor(name: string, from: number) {
    super();
    this.name = name;
    this.from = from;
  }

  override run(): string {
    return '';
  }
}

const a = new Countdown('a', 3);
const b = new Countdown('b', 2);
a.start();
b.start();
console.log(a.name, a.get());
console.log(b.name, b.get());
