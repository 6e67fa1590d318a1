// What run returns is the greenlet's value, which get waits for.
import { Greenlet, sleep } from 'greenlets';

class Countdown extends Greenlet<string> {
  from: number;

  constructor(name: string, from: number) {
    super();
    this.name = name;
    this.from = from;
  }

  override run(): string {
    for (let i = this.from; i > 0; i--) {
      console.log(this.name, i);
      sleep(0);
    }
    return 'Liftoff!';
  }
}

const a = new Countdown('a', 3);
const b = new Countdown('b', 2);
a.start();
b.start();
console.log(a.name, a.get());
console.log(b.name, b.get());
