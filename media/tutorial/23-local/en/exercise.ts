// Three customers are served at once, and all bills go to the last one.
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
