/** Programs on virtual time under the lints, which hear a beat now and then, as under a debugger. */

import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { notices } from '../../runtime/src/core/notice.ts';
import { registerSites } from '../../runtime/src/core/sites.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Lints } from '../../runtime/src/instrument/lints/lints.ts';
import { Recorder } from '../../runtime/src/instrument/recorder.ts';
import type { Lint } from '../../runtime/src/protocol/lints.ts';
import { call, callAt, callOn, dual, onVirtualTime } from '../support/virtual.ts';

export type Steps = Generator<undefined, unknown, unknown>;

/** A call site on each line: `SITE + 7` is line 7 of app.ts. */
const SITE = registerSites(
  '/p/app.ts',
  ['body'],
  Array.from({ length: 40 }, (_, line) => [0, line, 1, 0]).flat(),
);
export const BEAT = 0.05;

/** Runs a program under lints that hear a beat now and then, as under a debugger. Who is left over at the end is killed. */
export function lint(program: (lints: Lints) => Steps): string[] {
  const found: Lint[] = [];
  const recorder = new Recorder();
  const lints = new Lints(recorder, (each) => found.push(structuredClone(each)), {
    time: () => ({ ran: Number.POSITIVE_INFINITY, waited: 0 }),
  });
  hub.probe = recorder;
  try {
    const main = onVirtualTime(function* whole() {
      const before = new Set(Greenlet.live());
      let isOver = false;
      const beat = () => {
        lints.beat();
        if (!isOver) hub.after(BEAT, beat, false);
      };
      hub.after(BEAT, beat, false);
      try {
        yield* program(lints);
      } finally {
        isOver = true;
        notices.listener = null;
        recorder.rarely = null;
        for (const each of [...Greenlet.live()]) if (!before.has(each)) kill(each);
        yield* call(sleep, 0.3);
      }
    });
    if (main.state === 'failed') throw main.exception;
  } finally {
    hub.probe = null;
  }
  return found.map(textOf);
}

/** `deadlock a (Semaphore.acquire) app.ts:3 [a → b]`. */
function textOf({ code, label, subject, location, circle, count }: Lint): string {
  const name = (each: string) => each.replace(/ #\d+$/, '');
  const place = location?.path === '/p/app.ts' ? ` :${location.line}` : '';
  const round = circle.length === 0 ? '' : ` [${circle.map(name).join(' → ')}]`;
  return `${code} ${name(label)}${subject && ` (${subject})`}${place}${round}${count > 1 ? ` × ${count}` : ''}`;
}

export function start(name: string, body: () => Steps): Greenlet {
  const greenlet = new Greenlet(dual(body));
  greenlet.name = name;
  greenlet.start();
  return greenlet;
}

/** The running greenlet computes for so many seconds. */
export function compute(seconds: number): void {
  Object.assign(hub.clock, { time: hub.now() + seconds });
  hub.alarm.arm();
}

/** Calls a function at a line. */
export const at = (line: number, callee: unknown, ...args: unknown[]) =>
  callAt(SITE + line, callee, ...args);
/** Calls a method at a line. */
export const on = (line: number, self: object, name: string, ...args: unknown[]) =>
  callAt(
    SITE + line,
    dual(() => callOn(self, Reflect.get(self, name), ...args)),
  );
