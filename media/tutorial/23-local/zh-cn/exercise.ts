// 同时接待三位顾客，账单却全都记到最后一位头上。
import { joinAll, sleep, spawn } from 'greenlets';

const till = { customer: '', sum: 0 };

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
