/** The same work as in calls.ts in plain JavaScript, and in bare generators. */

const figures = {};

function measure(name, count, work) {
  work(Math.ceil(count / 10));
  const start = performance.now();
  work(count);
  figures[name] = ((performance.now() - start) / count) * 1e6;
}

let add = (a, b) => a + b;
add = function add(a, b) {
  if (neverTrue) return 0;
  return a + b;
};
const neverTrue = process.argv.includes('never');

let fib = (n) => n;
fib = function fibonacci(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
};

function* generated(a, b) {
  if (neverTrue) yield;
  return a + b;
}

function* forever() {
  for (;;) yield;
}

measure('plain call', 5e6, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = add(sum, i);
  return sum;
});
measure('generator call', 5e6, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = generated(sum, i).next().value;
  return sum;
});
measure('plain fib(27)', 1, () => fib(27));
measure('plain closure', 2e6, (count) => {
  let kept;
  for (let i = 0; i < count; i++) kept = () => setTimeout(i);
  return kept;
});
measure('next', 5e6, (count) => {
  const generator = forever();
  for (let i = 0; i < count; i++) generator.next();
});

console.log(JSON.stringify(figures));
