/** The floor of the protocol: bare generators, as V8 runs them. Prints figures. */

const figures = {};
const neverTrue = process.argv.includes('never');

/** Nanoseconds for one of `count` rounds. */
function measure(name, count, work) {
  work(Math.ceil(count / 10));
  const start = performance.now();
  work(count);
  figures[name] = ((performance.now() - start) / count) * 1e6;
}

function* generated(a, b) {
  if (neverTrue) yield;
  return a + b;
}

function* forever() {
  for (;;) yield;
}

measure('generator call', 5e6, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = generated(sum, i).next().value;
  return sum;
});
measure('next', 5e6, (count) => {
  const generator = forever();
  for (let i = 0; i < count; i++) generator.next();
});

console.log(JSON.stringify(figures));
