// Pool 是名额有限的 Group：满员时再来的就得等。
import { Pool } from 'greenlets/pool';

const pool = new Pool(2);

function helloFrom(_n: number): void {
  console.log(`Size of pool ${pool.length}`);
}

pool.map(helloFrom, [0, 1, 2]);
