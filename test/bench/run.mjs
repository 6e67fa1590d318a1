/**
 * `npm run bench`: what calls and switches cost, as ratios measured side by side in one run. Each program runs several times,
 * taking turns, and the fastest figure of each counts: on a shared machine the others measure the neighbours.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { measureStartup } from './startup.mjs';

const TURNS = 5;
const file = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Row, its figure, and what it is compared with; the goal is a ratio, where there is one. */
const ROWS = [
  ['call', 'generator call', 1.5],
  ['call', 'plain call'],
  ['native call', 'plain call'],
  ['fib(27)', 'plain fib(27)'],
  ['closure', 'plain closure', 2],
  ['switch at depth 1', 'next', 4],
  ['switch at depth 10', 'next', 4],
  ['switch at depth 100', 'next', 4],
  ['switch at depth 1000', 'next', 4],
  ['spawn and join', 'generator call'],
];

/** What a start with the loader may add to that of plain Node, in milliseconds. */
const STARTUP_ROWS = [
  ['empty', 'one line, cached'],
  ['cold', '1,000 lines, nothing cached', 150],
  ['cached', '1,000 lines, cached', 40],
];
const STARTS = 9;

const best = {};
for (let turn = 0; turn < TURNS; turn++) {
  collect(['--import', file('../../runtime/dist/register.js'), file('calls.ts')]);
  collect([file('calls-plain.mjs')]);
}

console.log('calls and switches, nanoseconds');
for (const [name, base, goal] of ROWS) {
  const ratio = best[name] / best[base];
  const verdict = goal === undefined ? '' : `  (goal ${goal}: ${ratio <= goal ? 'met' : 'missed'})`;
  console.log(
    `${name.padEnd(22)}${best[name].toFixed(1).padStart(12)}  ${base.padEnd(15)}${best[base].toFixed(1).padStart(12)}  × ${ratio.toFixed(2)}${verdict}`,
  );
}

const startup = measureStartup(STARTS);
console.log(
  `\nstart-up, milliseconds; plain node with the 1,000 lines: ${startup.plain.toFixed(1)}`,
);
for (const [kind, name, goal] of STARTUP_ROWS) {
  const added = startup[kind] - startup.plain;
  const verdict = goal === undefined ? '' : `  (goal ${goal}: ${added <= goal ? 'met' : 'missed'})`;
  console.log(
    `${name.padEnd(30)}${startup[kind].toFixed(1).padStart(8)}  added ${added.toFixed(1).padStart(6)}${verdict}`,
  );
}

function collect(args) {
  const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  for (const [name, value] of Object.entries(figures)) {
    best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, value);
  }
}
