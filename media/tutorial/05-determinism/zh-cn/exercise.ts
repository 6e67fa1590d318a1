// 这里有个 bug：价格没错，却对到了别的名字上。找出来，并且继续用池。
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';

const NAMES = ['apple', 'banana', 'cherry'];
const PRICES = new Map([
  ['apple', 3],
  ['banana', 1],
  ['cherry', 2],
]);

// 越贵的东西，打听得越久。
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
