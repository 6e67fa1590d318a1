/**
 * Runs the work that the command line names: `NAME WARM-UP NUMBERS…`. The first number says how much; before that the work is done
 * once with WARM-UP in its place, unless that is 0. Prints what the work returns as JSON, null where there is no such work.
 */
export async function runWork(works) {
  const [name, warmUp, ...numbers] = process.argv.slice(2);
  const work = works[name];
  if (work === undefined) {
    console.log('null');
    return;
  }
  const [count, ...rest] = numbers.map(Number);
  if (warmUp !== '0') await work(Number(warmUp), ...rest);
  console.log(JSON.stringify(await work(count, ...rest)));
  process.exit();
}

/**
 * Nanoseconds of processor time, of all threads, since a moment of `process.cpuUsage()`, for each of `count`: on a busy machine the time
 * of the clock says more about the neighbors.
 */
export function since(start, count) {
  const { user, system } = process.cpuUsage(start);
  return { time: ((user + system) * 1000) / count };
}

/** Bytes of resident memory, after everything that is not needed has been given back; needs `--expose-gc`. */
export function memory() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage.rss();
}

/** Random times from 0 to 1, the same at each run. */
export function times(count) {
  let seed = 1;
  return Array.from({ length: count }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  });
}

/** What many timers cost, like `since`, and how late the latest but one in a hundred was. */
export function timersTook(cpu, lateness) {
  const sorted = Float64Array.from(lateness).sort();
  const { length } = sorted;
  return { ...since(cpu, length), late: sorted[Math.floor(length * 0.99)] };
}
