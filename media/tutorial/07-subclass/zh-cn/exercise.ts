// 请写出 run：从 from 倒数到 1，逐行打印名字和数字，每行之后让出一次，最后返回 'Liftoff!'。
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
