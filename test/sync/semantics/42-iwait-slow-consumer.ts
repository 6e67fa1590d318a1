import { iwait, joinAll, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

function f(n: number) {
  sleep(0.001 * n);
  return n;
}
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const hasLinks = (g: { hasLinks(): boolean }) => g.hasLinks();
let gs = range(5).map((i) => spawn(f, i));
const out: unknown[] = [];
for (const g of iwait(gs)) {
  out.push(g.value);
  sleep(0.004);
}
print('slow consumer loses nothing:', out);
gs = range(5).map((i) => spawn(f, i));
// A loop that is left takes the links back here, as gevent's does in a `with` block.
for (const g of iwait(gs)) {
  print('first', g.value);
  break;
}
print('links left after the with block', gs.map(hasLinks));
joinAll(gs);
// Further apart than in gevent's program, whose last line they would otherwise make a matter of luck.
gs = range(3).map((i) => spawn(f, i * 20));
const it = iwait(gs);
it.next();
print('links left without with', gs.map(hasLinks));
joinAll(gs);
const seen: unknown[] = [];
for (const g of iwait([spawn(f, 1), spawn(f, 500)], { timeout: 0.1 })) seen.push(g.value);
print('iwait(timeout)', seen);
