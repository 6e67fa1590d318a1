/**
 * `run.mjs OUT NAME…` runs programs, each in a greenlet where the loader is, and writes what they answer into the folder OUT. Prints the
 * number of switches and the milliseconds of each.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [out, ...names] = process.argv.slice(2);
const greenlets = process.execArgv.includes('--import') ? await import('greenlets') : undefined;
const told = {};
for (const name of names) {
  const { run } = await import(`./programs/${name}.mjs`);
  const begin = performance.now();
  let switches = 0;
  let answer;
  if (greenlets === undefined) {
    answer = run();
  } else {
    const greenlet = greenlets.spawn(run);
    answer = greenlet.get();
    ({ switches } = greenlet);
  }
  told[name] = { switches, milliseconds: Math.round(performance.now() - begin) };
  writeFileSync(join(out, `${name}.json`), JSON.stringify(answer, plain, 1));
}
console.log(JSON.stringify(told));

/** What JSON leaves out, or says in one word for many. */
function plain(_key, value) {
  switch (typeof value) {
    case 'function':
      return `function ${value.name} of ${value.length}`;
    case 'bigint':
      return `${value}n`;
    case 'undefined':
      return 'undefined';
    case 'symbol':
      return String(value);
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : `number ${value}`;
    default:
      return value instanceof RegExp || value instanceof Error ? String(value) : value;
  }
}
