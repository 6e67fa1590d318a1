/**
 * The monitor's thread. It looks at the heartbeat from time to time; where no switch has happened since, it has V8 pause the watched
 * thread at its next statement, and calls the report there: so the report sees the stack of the code that blocks.
 */

import { Session } from 'node:inspector';
import { performance } from 'node:perf_hooks';
import { workerData } from 'node:worker_threads';
import { DEBUGGED, LATE, RUNNING, SWITCHES, type Watch } from './heartbeat.ts';

const { memory, period, canPause, key } = workerData as Watch;

let seen = 0;
let since = performance.now();
/** Whether the watched thread has not come to the pause yet: it is in native code. */
let isAsked = false;

setInterval(look, period);

function look(): void {
  const switches = Atomics.load(memory, SWITCHES);
  const now = performance.now();
  if (switches !== seen || Atomics.load(memory, RUNNING) <= 0) {
    seen = switches;
    since = now;
    return;
  }
  const blocked = Math.round(now - since);
  // An earlier Node than 20.11 has no connectToMainThread.
  const mayPause = canPause && 'connectToMainThread' in Session.prototype;
  if (!mayPause || Atomics.load(memory, DEBUGGED) === 1) Atomics.store(memory, LATE, blocked);
  else if (!isAsked) ask(switches, blocked);
}

function ask(switches: number, blocked: number): void {
  isAsked = true;
  const session = new Session();
  session.connectToMainThread();
  session.on('Debugger.paused', ({ params }) => {
    const callFrameId = params.callFrames[0]?.callFrameId ?? '';
    const expression = `globalThis[Symbol.for('${key}')]?.(${switches}, ${blocked})`;
    session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression }, () => {
      session.post('Debugger.resume', () => {
        session.disconnect();
        isAsked = false;
      });
    });
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
}
