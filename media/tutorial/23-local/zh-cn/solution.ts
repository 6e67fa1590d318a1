// 每个 greenlet 都有自己的顾客和自己的金额。
import { joinAll, sleep, spawn } from 'greenlets';
import { Local } from 'greenlets/local';

const till = new Local() as Local & { customer: string; sum: number };

function scan(price: number): void {
  sleep(0);
  till.sum += price;
}

function serve(customer: string, prices: number[]): void {
  till.customer = customer;
  till.sum = 0;
  for (const price of prices) scan(price);
  console.log(`${till.customer} pays ${till.sum}`);
}

joinAll([spawn(serve, 'ann', [5]), spawn(serve, 'bob', [1, 2]), spawn(serve, 'carl', [7, 7, 7])]);
