/** What calls cost: run through the loader, and as it stands. Prints figures; the argument stands before their names. */

const prefix = process.argv[2] ?? '';
const figures = {};
const neverTrue = process.argv.includes('never');

/** Nanoseconds for one of `count` rounds. */
function measure(name, count, work) {
  work(Math.ceil(count / 10));
  const start = performance.now();
  work(count);
  figures[prefix + name] = ((performance.now() - start) / count) * 1e6;
}

// Bindings that are assigned again can hold anything, so every call of them may switch.
let unknown = () => 0;
unknown = process.cwd;
let add = (a, b) => a + b;
add = function add(a, b) {
  if (neverTrue) unknown();
  return a + b;
};
let fib = (n) => n;
fib = function fibonacci(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
};

class Counter {
  constructor() {
    this.total = 0;
  }

  count(n) {
    if (neverTrue) unknown();
    this.total += n;
  }
}

measure('call', 5e6, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = add(sum, i);
  return sum;
});
measure('method', 5e6, (count) => {
  const counter = new Counter();
  for (let i = 0; i < count; i++) counter.count(i);
  return counter;
});
measure('native call', 5e6, (count) => {
  const list = [1, 2, 3];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += list.at(i % 3);
  return sum;
});
measure('fib(27)', 1, () => fib(27));

function plus(a, b) {
  return a + b;
}

measure('pruned call', 5e6, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = plus(sum, i);
  return sum;
});

/** Counts the primes below a limit: numbers, loops and nothing else. */
function sieve(limit) {
  const composite = new Uint8Array(limit);
  let count = 0;
  for (let n = 2; n < limit; n++) {
    if (composite[n] === 1) continue;
    count++;
    for (let m = n * n; m < limit; m += n) composite[m] = 1;
  }
  return count;
}

measure('numeric loop', 10, (count) => {
  let primes = 0;
  for (let i = 0; i < count; i++) primes += sieve(100_000);
  return primes;
});

/** Sorts records by several keys, groups and joins them. */
function sortRecords(size) {
  const records = [];
  for (let id = 0; id < size; id++) {
    records.push({ id, group: (id * 7919) % 31, key: `k${(id * 104_729) % size}` });
  }
  records.sort((a, b) => a.group - b.group || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const groups = new Map();
  for (const record of records) {
    const list = groups.get(record.group);
    if (list === undefined) groups.set(record.group, [record]);
    else list.push(record);
  }
  return [...groups.values()].map((list) => list.map((each) => each.key).join()).join('\n');
}

measure('sorting', 10, (count) => {
  let length = 0;
  for (let i = 0; i < count; i++) length += sortRecords(5000).length;
  return length;
});

measure('closure', 2e6, (count) => {
  let kept;
  for (let i = 0; i < count; i++) kept = () => unknown(i);
  return kept;
});
measure('closure and its call', 2e5, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const next = () => {
      if (neverTrue) unknown();
      return sum + i;
    };
    sum = next();
  }
  return sum;
});

function* upTo(count) {
  for (let i = 0; i < count; i++) {
    if (neverTrue) unknown();
    yield i;
  }
}

measure('generator', 1e6, (count) => {
  let sum = 0;
  const numbers = upTo(count);
  for (let step = numbers.next(); !step.done; step = numbers.next()) sum += step.value;
  return sum;
});

measure('for…of', 3e6, (count) => {
  const list = Array.from({ length: 1000 }, (_, index) => index);
  let sum = 0;
  for (let i = 0; i < count; i += 1000) for (const each of list) sum += each;
  return sum;
});

console.log(JSON.stringify(figures));
