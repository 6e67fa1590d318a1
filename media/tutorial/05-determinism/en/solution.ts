// imapUnordered gives results in the order of their arrival, so a count says nothing of whose they are. imap keeps the order.
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
for (const price of pool.imap(priceOf, NAMES)) {
  console.log(`${NAMES[i]}: ${price}`);
  i++;
}
