/** Members of a full pool wait for members of the same pool. */
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';

const pool = new Pool(2);

function visit(depth: number): number {
  sleep(0.01);
  if (depth === 0) return 1;
  return 1 + pool.spawn(visit, depth - 1).get(); // @deadlock
}

pool.spawn(visit, 3);
pool.spawn(visit, 3);
pool.join(); // @joins
