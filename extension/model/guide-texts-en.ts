/** The guide's sentences in English. */

import type { GuideTexts, Wait } from './guide-texts.ts';

export const EN: GuideTexts = {
  hub: 'the hub',
  list(names) {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  },

  others: (count) => `${count} ${count === 1 ? 'other' : 'others'}`,

  parked(name, { kind, call, on, owner }) {
    switch (kind) {
      case 'turn':
        return `${name} gave way with ${callOf(call, on)}`;
      case 'time':
        return on === ''
          ? `${name} went to sleep`
          : `${name} went to sleep for ${seconds(on)} (${callOf(call, on)})`;
      case 'end':
        return `${name} waits in ${call} until ${on || 'others'} ${/ and /.test(on) ? 'have' : 'has'} ended`;
      case 'death':
        return `${name} killed ${on || 'others'} and waits until that has happened`;
      case 'item':
        return `${name} waits in ${call}: ${queue(on)} had nothing in it`;
      case 'room':
        return `${name} waits in ${call}: ${queue(on)} was full`;
      case 'done':
        return `${name} waits in ${call} until all of the work in ${queue(on)} is done`;
      case 'lock':
        return owner === ''
          ? `${name} waits in ${call}: ${lock(on)} was taken`
          : `${name} waits in ${call}: ${lock(on)} was held by ${owner}`;
      case 'event':
        return `${name} waits in ${call} until ${on || 'the event'} is set`;
      case 'value':
        return `${name} waits in ${call} until ${on || 'the result'} has a value`;
      case 'promise':
        return `${name} waits in ${call} until a promise has settled`;
      case 'io':
        return `${name} waits in ${call} for the world outside`;
      case 'async':
        return `${name} called an async function, which runs at once, in a greenlet of its own`;
      case 'other':
        return `${name} waits in ${callOf(call, on)}`;
    }
  },
  ended: (name) => `${name} has ended`,
  failed: (name, error) => `${name} has ended with an error (${error})`,
  killed: (name) => `${name} has ended: it was killed`,

  wasReady: (name) => `${name} was waiting in the queue, so ${name} runs`,
  starts: (name) => `${name} was in the queue and had not run yet, so ${name} starts`,
  woken(name, wait, by) {
    const over = whyOver(name, wait, by);
    return over === '' ? `${name} was woken and goes on` : `${over}, so ${name} goes on`;
  },
  struck: (name) => `GreenletExit is thrown into ${name}, which runs once more to clean up`,
  interrupted: (name) => `${name} goes on without what it waited for`,
  wokenEarly: (name, on) =>
    `${name} is woken before its ${seconds(on)} are over: a Timeout or a kill is thrown into it`,
  runs: (name) => `${name} runs`,
  idledUntil: (clause) => `nobody was ready, so the hub waited; then ${clause}`,
  afterIdling: (clause) => `The hub waited; then ${clause}.`,
  idles: 'nobody is ready, so the hub waits',
  isOver: 'nobody is left to run',
  sentence: (first, second) => `${first}; ${second}.`,

  earlier: (count) =>
    count === 1 ? 'One switch before these.' : `${count} switches before these.`,
  spawned(spawner, names) {
    const they = names.length === 1 ? 'It is' : 'They are';
    return `${spawner} spawned ${EN.list(names)}. ${they} in the queue: spawn does not run anything yet.`;
  },

  yields(name, { kind, call, on, owner }) {
    switch (kind) {
      case 'turn':
        return `${name} is about to give way: ${callOf(call, on)} puts it at the end of the queue.`;
      case 'time':
        return `${name} is about to sleep for ${seconds(on)}. Others may run in the meantime.`;
      case 'end':
        return `${name} is about to wait in ${call} for the end of ${on || 'others'}.`;
      case 'death':
        return `${name} kills ${on || 'others'}, and is about to wait until that has happened.`;
      case 'item':
        return `${name} is about to wait in ${call}: there is nothing in ${queue(on)}.`;
      case 'room':
        return `${name} is about to wait in ${call}: ${queue(on)} is full.`;
      case 'done':
        return `${name} is about to wait in ${call} until all of the work in ${queue(on)} is done.`;
      case 'lock':
        return owner === ''
          ? `${name} is about to wait in ${call}: ${lock(on)} is taken.`
          : `${name} is about to wait in ${call}: ${lock(on)} is held by ${owner}.`;
      case 'event':
        return `${name} is about to wait in ${call}: ${on || 'the event'} is not set.`;
      case 'value':
        return `${name} is about to wait in ${call}: ${on || 'the result'} has no value yet.`;
      case 'promise':
        return `${name} is about to wait in ${call}: the promise has not settled.`;
      case 'io':
        return `${name} is about to wait in ${call} for the world outside the program.`;
      case 'async':
      case 'other':
        return `${name} is about to give way in ${callOf(call, on)}.`;
    }
  },
  atEntry: (name) => `The program is at its first line: ${name} is all there is.`,
  atBreakpoint: (name) =>
    `${name} has come to a breakpoint. It is still running: this is no switch.`,
  atStep: (name) => `${name} has taken a step.`,
  atSpawn: 'A greenlet is being spawned: it goes to the end of the queue.',
  atStart: (name) => `${name} runs for the first time.`,
  atExit: (name) => `${name} has just ended. Whoever waits for it will be woken.`,
  atKill: (name) => `${name} is killed: GreenletExit is thrown where it stands.`,
  atTimeout: (name) => `The time of ${name} is over: a Timeout is thrown where it stands.`,
  atBlocked: (name) =>
    `${name} has run for a long time without giving way: all others are kept waiting.`,
  atDeadlock: (names) =>
    names.length === 0
      ? 'Nobody can ever run again: everybody waits for something that nobody will do.'
      : `Deadlock: ${[...names, names[0]].join(' waits for ')}. None of them can ever go on.`,
  atError: (name, error) => `${name} has thrown an error: ${error}.`,
  atPause: (name) => `${name} is paused.`,

  nextIs: (name) => `${name} is first in the queue: it runs next.`,
  nextStarts: (name) => `${name} is first in the queue: it runs next, for the first time.`,
  nextIsIdle: 'Nobody is in the queue: the hub waits until somebody is woken.',
  nextIsSelf: (name) => `Nobody else is in the queue, so ${name} itself goes on.`,

  running: 'The program is running.',
  hasEnded: 'The program has ended.',

  never: (what) => `never: ${what}`,
  times(what, count, atLeast, atMost) {
    const wanted =
      atLeast === atMost
        ? `${atLeast}`
        : atMost === Number.POSITIVE_INFINITY
          ? `at least ${atLeast}`
          : `at most ${atMost}`;
    return `${what}: ${count} of ${wanted}`;
  },
  reasons: (name, reasons) => `${name} gives way for ${reasons.join(', ')}`,
  instead: (what) => `instead: ${what}`,
};

/** Why a wait is over; empty where that is not known. */
function whyOver(name: string, { kind, on }: Wait, by: string): string {
  switch (kind) {
    case 'turn':
      return `it was the turn of ${name}`;
    case 'time':
      return `the ${on === '' ? 'time' : seconds(on)} of ${name} had passed`;
    case 'end':
      return `what ${name} was waiting for had ended`;
    case 'death':
      return `${on || 'the other one'} was dead`;
    case 'item':
      return by === ''
        ? `there was something in ${queue(on)}`
        : `${by} put something into ${queue(on)}`;
    case 'room':
      return by === ''
        ? `there was room in ${queue(on)}`
        : `${by} took something out of ${queue(on)}`;
    case 'done':
      return `all of the work in ${queue(on)} was done`;
    case 'lock':
      return by === '' ? `${lock(on)} was free` : `${by} released ${lock(on)}`;
    case 'event':
      return by === '' ? `${on || 'the event'} was set` : `${by} set ${on || 'the event'}`;
    case 'value':
      return by === ''
        ? `${on || 'the result'} had a value`
        : `${by} gave ${on || 'the result'} its value`;
    case 'promise':
      return `the promise of ${name} had settled`;
    case 'io':
      return `there was something for ${name} from outside`;
    case 'async':
      return 'the async function had given way or returned';
    case 'other':
      return '';
  }
}

function callOf(call: string, on: string): string {
  return `${call}(${on})`;
}

function seconds(on: string): string {
  return on === '1' ? '1 second' : `${on} seconds`;
}

function queue(on: string): string {
  return on === '' ? 'the queue' : on;
}

function lock(on: string): string {
  return on === '' ? 'the lock' : on;
}
