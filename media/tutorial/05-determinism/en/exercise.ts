// There is a bug in here: the prices are right, but they stand behind the wrong names. Find it, and keep the pool.
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';

const NAMES = ['apple', 'banana', 'cherry'];
const PRICES = new Map([
  ['apple', 3],
  ['banana', 1],
  ['cherry', 2],
]);

// The dearer it is, the longer we have to ask around.
function priceOf(name: string): number {
  const price = PRICES.get(name) ?? 0;
  sleep(price * 0.2);
  return price;
}

const pool = new Pool(3);
let i = 0;
for (const price of pool.imapUnordered(priceOf, NAMES)) {
  console.log(`${NAMES[i]}: ${price}`);
  i++;
}
