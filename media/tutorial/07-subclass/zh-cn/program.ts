// 自带主体的 greenlet：写一个有 run 方法的子类。
import { Greenlet, sleep } from 'greenlets';

class MyGreenlet extends Greenlet {
  message: string;
  seconds: number;

  constructor(message: string, seconds: number) {
    super();
    this.message = message;
    this.seconds = seconds;
  }

  override run(): void {
    console.log(this.message);
    sleep(this.seconds);
  }
}

const greeter = new MyGreenlet('Hi there!', 0.3);
greeter.start();
greeter.join();
