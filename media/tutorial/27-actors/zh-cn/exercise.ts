// 两个 actor 互相提问，结果都永远等下去。
import { Greenlet, joinAll, LoopExit, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';
import { Queue } from 'greenlets/queue';

interface Question {
  text: string;
  reply: AsyncResult<string>;
}

// 把问题放进某个 actor 的收件箱，并等待回答。
function ask(actor: Clerk, text: string): string {
  const reply = new AsyncResult<string>();
  reply.name = `reply of ${actor.name}`;
  actor.inbox.put({ text, reply });
  return reply.get();
}

class Clerk extends Greenlet {
  readonly inbox = new Queue<Question>();
  colleague: Clerk | undefined;

  override run(): void {
    for (;;) this.receive(this.inbox.get());
  }

  receive({ text, reply }: Question): void {
    if (text === 'price?' || text === 'stock?') {
      reply.set(text === 'price?' ? '5 euros' : '12 pieces');
    } else if (this.colleague !== undefined) {
      const other = ask(this.colleague, this.name === 'sales' ? 'stock?' : 'price?');
      reply.set(`${this.name} says: ${other}`);
    }
  }
}

const sales = new Clerk();
const store = new Clerk();
sales.name = 'sales';
store.name = 'store';
sales.colleague = store;
store.colleague = sales;
sales.start();
store.start();

function customer(clerk: Clerk): void {
  console.log(ask(clerk, 'offer?'));
}

try {
  joinAll([spawn(customer, sales), spawn(customer, store)]);
  console.log('Both customers have an answer.');
} catch (error) {
  if (!(error instanceof LoopExit)) throw error;
  console.log('Nobody can go on.');
}
