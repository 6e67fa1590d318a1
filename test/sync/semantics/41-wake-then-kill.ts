import { GreenletExit, joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { Queue } from 'greenlets/queue';
import { print, repr } from './python.ts';

type Pair = [wait: () => unknown, wake: () => void];
function run(title: string, make: () => Pair) {
  const out: string[] = [];
  let [wait, wake] = make();
  function f() {
    try {
      const value = wait();
      out.push(`woke ${repr(value)}`);
      sleep(0);
      out.push('after its next sleep(0)');
    } catch (e) {
      if (!(e instanceof GreenletExit)) throw e;
      out.push('killed');
    }
  }
  let g = spawn(f);
  sleep(0);
  wake();
  g.kill(undefined, { block: false });
  joinAll([g], { timeout: 0.02 });
  const first = out.splice(0);
  g.kill();
  [wait, wake] = make();
  g = spawn(f);
  sleep(0);
  g.kill(undefined, { block: false });
  wake();
  joinAll([g], { timeout: 0.02 });
  print(title, '| wake,kill:', list(first), '| kill,wake:', list(out));
}
// Python writes a text that has quotes in the other quotes.
const list = (texts: string[]) =>
  `[${texts.map((text) => (text.includes("'") ? `"${text}"` : `'${text}'`)).join(', ')}]`;
function ev(): Pair {
  const e = new Event();
  return [() => e.wait(), () => e.set()];
}
function ar(): Pair {
  const e = new AsyncResult();
  return [() => e.get(), () => e.set('v')];
}
function q(): Pair {
  const x = new Queue();
  return [() => x.get(), () => x.put('item')];
}
run('Event', ev);
run('AsyncResult', ar);
run('Queue', q);
