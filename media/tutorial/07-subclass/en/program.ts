// A greenlet with a body of its own: a subclass with a method run.
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
