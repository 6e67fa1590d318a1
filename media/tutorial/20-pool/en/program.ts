// A Pool is a Group with a limited number of places: whoever comes when it is full has to wait.
import { Pool } from 'greenlets/pool';

const pool = new Pool(2);

function helloFrom(_n: number): void {
  console.log(`Size of pool ${pool.length}`);
}

pool.map(helloFrom, [0, 1, 2]);
