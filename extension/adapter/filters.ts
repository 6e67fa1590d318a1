/** `setExceptionBreakpoints`: what the program pauses on. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { PauseFilters } from '../../runtime/src/protocol/bridge.ts';

export interface FilterSettings {
  /** What the runtime pauses on by itself. */
  runtime: PauseFilters;
  uncaught: boolean;
}

type FilterId = keyof PauseFilters | 'uncaught';

const FILTERS: readonly (DebugProtocol.ExceptionBreakpointsFilter & { filter: FilterId })[] = [
  {
    filter: 'switch',
    label: 'Every yield',
    description: 'Pauses wherever a greenlet gives way.',
    default: true,
  },
  {
    filter: 'spawn',
    label: 'Spawns',
    description: 'Pauses where a greenlet is spawned.',
    default: false,
  },
  {
    filter: 'exit',
    label: 'Ends of greenlets',
    description: 'Pauses when a greenlet has ended.',
    default: false,
  },
  {
    filter: 'kill',
    label: 'Kills',
    description: 'Pauses before an error is thrown into a parked greenlet.',
    default: false,
  },
  {
    filter: 'deadlock',
    label: 'Deadlocks',
    description: 'Pauses when no greenlet can ever run again.',
    default: true,
  },
  {
    filter: 'uncaught',
    label: 'Uncaught errors',
    description: 'Pauses where an error is thrown that no caller catches, parked callers included.',
    default: true,
  },
];

/** What the editor offers. */
export function offeredFilters(): DebugProtocol.ExceptionBreakpointsFilter[] {
  return FILTERS.map((each) => ({ ...each }));
}

/** What holds until the editor has chosen. */
export function defaultFilters(): FilterSettings {
  return settings(FILTERS.filter((each) => each.default).map((each) => each.filter));
}

/** What the editor has chosen, and its answer: one entry for each filter, in its order. */
export function chosenFilters(args: DebugProtocol.SetExceptionBreakpointsArguments): {
  chosen: FilterSettings;
  breakpoints: DebugProtocol.Breakpoint[];
} {
  const wanted = [
    ...(args.filters ?? []).map((filterId) => ({ filterId, condition: undefined })),
    ...(args.filterOptions ?? []).map(({ filterId, condition }) => ({ filterId, condition })),
  ];
  const breakpoints = wanted.map(({ filterId, condition }): DebugProtocol.Breakpoint => {
    if (!FILTERS.some((each) => each.filter === filterId)) {
      return { verified: false, message: `There is no filter ${filterId}.` };
    }
    if (condition) return { verified: false, message: 'Conditions are not supported here.' };
    return { verified: true };
  });
  const ids = wanted.filter((_, i) => breakpoints[i]?.verified).map((each) => each.filterId);
  return { chosen: settings(ids), breakpoints };
}

function settings(ids: readonly string[]): FilterSettings {
  const has = (id: FilterId) => ids.includes(id);
  return {
    runtime: {
      switch: has('switch'),
      spawn: has('spawn'),
      exit: has('exit'),
      kill: has('kill'),
      deadlock: has('deadlock'),
    },
    uncaught: has('uncaught'),
  };
}
