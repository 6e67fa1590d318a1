/** `setExceptionBreakpoints`: what the program pauses on. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Moment, PauseFilters } from '../../runtime/src/protocol/bridge.ts';

/** What conditions are made of; shown by the editor while one is written. */
const CONDITION =
  'Expression over from, to, reason, name and count, e.g. name === "worker" && reason === "sleep"';

const FILTERS: readonly (DebugProtocol.ExceptionBreakpointsFilter & { filter: Moment })[] = [
  filter('switch', 'Every yield', 'Pauses wherever a greenlet gives way.', true),
  filter('spawn', 'Spawns', 'Pauses where a greenlet is spawned.'),
  filter('start', 'Starts of greenlets', 'Pauses at the first line of a greenlet.'),
  filter('exit', 'Ends of greenlets', 'Pauses when a greenlet has ended.'),
  filter('kill', 'Kills', 'Pauses before an error is thrown into a parked greenlet.'),
  filter('timeout', 'Timeouts', 'Pauses before a timeout is thrown into a parked greenlet.'),
  filter('deadlock', 'Deadlocks', 'Pauses when no greenlet can ever run again.', true),
  filter(
    'blocked',
    'Blocked hub',
    'Pauses where a greenlet keeps all others waiting for longer than "blockedAfter" seconds.',
  ),
  filter(
    'uncaught',
    'Uncaught errors',
    'Pauses where an error is thrown that no caller catches, parked callers included.',
    true,
  ),
  filter('caught', 'Caught errors', 'Pauses where an error is thrown that a caller catches.'),
];

function filter(
  id: Moment,
  label: string,
  description: string,
  isDefault = false,
): DebugProtocol.ExceptionBreakpointsFilter & { filter: Moment } {
  return {
    filter: id,
    label,
    description,
    default: isDefault,
    supportsCondition: true,
    conditionDescription: CONDITION,
  };
}

/** What the editor offers. */
export function offeredFilters(): DebugProtocol.ExceptionBreakpointsFilter[] {
  return FILTERS.map((each) => ({ ...each }));
}

/** What holds until the editor has chosen. */
export function defaultFilters(): PauseFilters {
  return Object.fromEntries(
    FILTERS.filter((each) => each.default).map((each) => [each.filter, '']),
  );
}

/** What the editor has chosen. Of a filter that is named twice the last one holds. */
export function chosenFilters(args: DebugProtocol.SetExceptionBreakpointsArguments): PauseFilters {
  const known = wanted(args).filter(({ filterId }) => isMoment(filterId));
  return Object.fromEntries(known.map(({ filterId, condition = '' }) => [filterId, condition]));
}

/**
 * The answer to the editor's choice: one entry for each filter, in its order.
 *
 * @param problems what is wrong with conditions.
 */
export function filterBreakpoints(
  args: DebugProtocol.SetExceptionBreakpointsArguments,
  problems: PauseFilters,
): DebugProtocol.Breakpoint[] {
  return wanted(args).map(({ filterId }) => {
    if (!isMoment(filterId)) {
      return { verified: false, message: `There is no filter ${filterId}.` };
    }
    const problem = problems[filterId];
    if (problem === undefined) return { verified: true };
    return { verified: false, message: `The condition cannot be read: ${problem}` };
  });
}

function wanted({
  filters = [],
  filterOptions = [],
}: DebugProtocol.SetExceptionBreakpointsArguments) {
  const plain: DebugProtocol.ExceptionFilterOptions[] = filters.map((filterId) => ({ filterId }));
  return [...plain, ...filterOptions];
}

function isMoment(id: string): id is Moment {
  return FILTERS.some((each) => each.filter === id);
}
