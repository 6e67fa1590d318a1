/** What was found so far. The same mistake at the same place is one finding, whoever makes it and however often. */

import { placesOfSites } from '../../core/frame-stack.ts';
import type { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import { type Place, placeOf } from '../../core/sites.ts';
import { placesOfStack } from '../../core/stack.ts';
import { wakersOf } from '../../core/wait-graph.ts';
import type { Lint, LintCode, LintParty, Lints } from '../../protocol/lints.ts';
import { locationOf } from '../rows.ts';

/** What a rule has found. */
export interface Finding {
  code: LintCode;
  /** Null: in code outside any greenlet. */
  greenlet: Greenlet | null;
  subject: string;
  seconds?: number;
  /** Where it is, innermost first. */
  stack: readonly Place[];
  others?: readonly LintParty[];
  circle?: readonly string[];
}

/** With more places than this, a program that makes its code at run time would fill the memory. */
const MOST = 1000;
/** What lasts by this factor longer is news. */
const LONGER = 1.2;
/** How many frames of a native stack are kept. */
const DEPTH = 50;

export class LintBook {
  private readonly found = new Map<string, Lint>();
  private readonly tell: (lint: Lint) => void;
  private version = 0;

  /** @param tell hears of each finding, and of each that is found in one more greenlet. */
  constructor(tell: (lint: Lint) => void) {
    this.tell = tell;
  }

  /** Takes in a finding. One that has been made before counts once more. */
  add(finding: Finding): void {
    const { code, stack } = finding;
    const [top] = stack;
    const key = top === undefined ? code : `${code} ${top.path}:${top.line}:${top.column}`;
    const known = this.found.get(key);
    if (known === undefined && this.found.size >= MOST) return;
    const lint = known === undefined ? this.first(finding) : again(known, finding);
    lint.version = ++this.version;
    this.found.set(key, lint);
    this.tell(lint);
  }

  /** A finding that was made before has lasted longer: told again when it is longer by a part. */
  prolong(code: LintCode, top: Place | undefined, seconds: number): void {
    const key = top === undefined ? code : `${code} ${top.path}:${top.line}:${top.column}`;
    const lint = this.found.get(key);
    if (lint?.seconds === undefined || seconds < lint.seconds * LONGER) return;
    lint.seconds = seconds;
    lint.version = ++this.version;
    this.tell(lint);
  }

  /** The findings, oldest first; those with a later version than `since`. */
  read(since: number = 0): Lints {
    const lints = [...this.found.values()].filter((each) => each.version > since);
    return { version: this.version, lints };
  }

  private first({
    code,
    greenlet,
    subject,
    seconds,
    stack,
    others = [],
    circle = [],
  }: Finding): Lint {
    const places = stack.map(locationOf);
    return {
      id: this.found.size + 1,
      version: 0,
      code,
      greenlet: greenlet?.id ?? 0,
      label: greenlet?.label ?? 'hub',
      subject,
      ...(seconds !== undefined && { seconds }),
      location: places[0] ?? null,
      stack: places,
      spawned: greenlet?.spawnPlaces().map(locationOf) ?? [],
      others: [...others],
      circle: [...circle],
      count: 1,
      time: hub.now(),
    };
  }
}

function again(known: Lint, { seconds }: Finding): Lint {
  known.count++;
  if (seconds !== undefined) known.seconds = Math.max(seconds, known.seconds ?? 0);
  return known;
}

/** A greenlet that takes part in a finding about others. */
export function partyOf(greenlet: Greenlet, relation: string = ''): LintParty {
  const place = placeOf(greenlet.site());
  return {
    label: greenlet.label,
    relation,
    subject: greenlet.state === 'waiting' ? greenlet.waitText() : '',
    ended: greenlet.ready(),
    location: place === undefined ? null : locationOf(place),
  };
}

/** Those who could end a greenlet's wait, as far as the runtime knows. */
export function wakersAsParties(greenlet: Greenlet): LintParty[] {
  const wakers = wakersOf(greenlet);
  return wakers?.greenlets.map((each) => partyOf(each, wakers.relation)) ?? [];
}

/** Where the code that runs now is: its native stack, then its parked callers, innermost first. To be asked later costs less. */
export function stackHere(): () => Place[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  // V8 puts its text together, with the maps of the sources, when that is asked for.
  const trace = new Error('here');
  Error.stackTraceLimit = limit;
  const sites = hub.current?.sites ?? [];
  // What an inspector has sent is in no file.
  const native = () => placesOfStack(trace).filter((each) => !each.path.startsWith('<'));
  return () => [...native(), ...placesOfSites(sites)];
}
