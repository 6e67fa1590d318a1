/** The works that bare generators can do: what no scheduler in JavaScript can go below. */
import { memory, runWork, since } from './run-work.mjs';

function* nothing() {}

function* forever() {
  for (;;) yield;
}

runWork({
  spawn(count) {
    const start = process.cpuUsage();
    const all = [];
    for (let i = 0; i < count; i++) all.push(nothing());
    for (const each of all) each.next();
    return since(start, count);
  },
  sleep(count, among) {
    const all = Array.from({ length: among }, forever);
    const start = process.cpuUsage();
    for (let i = 0; i < count; i += among) for (let at = 0; at < among; at++) all[at].next();
    return since(start, count);
  },
  memory(count) {
    const before = memory();
    const all = [];
    for (let i = 0; i < count; i++) all.push(forever());
    for (const each of all) each.next();
    return { bytes: (memory() - before) / all.length };
  },
});
