import { type Greenlet, getCurrent, joinAll, sleep, spawn } from 'greenlets';
import { allLocalsOf, Local } from 'greenlets/local';
import { print, repr } from './python.ts';

const l = new Local();
l.x = 'main';
function f(n: unknown) {
  print(n, 'x' in l);
  l.x = n;
  sleep(0);
  print(n, l.x);
}
joinAll([0, 1].map((i) => spawn(f, i)));
print(l.x);
class My extends Local {
  declare a: number;
  constructor(a: number) {
    super(a);
    this.a = a;
    // gevent's main greenlet is a raw `greenlet`, any other one a `Greenlet`.
    print('__init__ run in', getCurrent()?.name === 'main' ? 'greenlet' : 'Greenlet');
  }
}
const m = new My(5);
m.a = 6;
function g() {
  print('child sees', m.a);
}
spawn(g).join();
print('main sees', m.a);
print('-- the dict of a dead greenlet stays as long as the greenlet object itself lives');
const h = spawn(f, 'h');
h.join();
const dict = (of: object) =>
  `{${Object.entries(of)
    .map(([key, value]) => `${repr(key)}: ${repr(value)}`)
    .join(', ')}}`;
const locals = allLocalsOf(h as Greenlet).map(
  ([type, of]) => `('${type.toLowerCase()}', ${dict(of)})`,
);
print(`[${locals.join(', ')}]`);
print(dict(l));
// Left out here and in the output: Python's context variables.
