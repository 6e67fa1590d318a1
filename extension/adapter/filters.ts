/** `setExceptionBreakpoints`: what the program pauses on. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import type { Moment, PauseFilters } from '../../runtime/src/protocol/bridge.ts';

/** What the editor offers, in the user's language. */
export function offeredFilters(): Filter[] {
  return [
    filter('switch', l10n.t('Every yield'), l10n.t('Pauses wherever a greenlet gives way.')),
    filter('spawn', l10n.t('Spawns'), l10n.t('Pauses where a greenlet is spawned.')),
    filter(
      'start',
      l10n.t('Starts of greenlets'),
      l10n.t('Pauses at the first line of a greenlet.'),
    ),
    filter('exit', l10n.t('Ends of greenlets'), l10n.t('Pauses when a greenlet has ended.')),
    filter(
      'kill',
      l10n.t('Kills'),
      l10n.t('Pauses before an error is thrown into a parked greenlet.'),
    ),
    filter(
      'timeout',
      l10n.t('Timeouts'),
      l10n.t('Pauses before a timeout is thrown into a parked greenlet.'),
    ),
    filter('deadlock', l10n.t('Deadlocks'), l10n.t('Pauses when no greenlet can ever run again.')),
    filter(
      'blocked',
      l10n.t('Blocked hub'),
      l10n.t(
        'Pauses where a greenlet keeps all others waiting for longer than "blockedAfter" seconds.',
      ),
    ),
    filter(
      'uncaught',
      l10n.t('Uncaught errors'),
      l10n.t('Pauses where an error is thrown that no caller catches, parked callers included.'),
    ),
    filter(
      'caught',
      l10n.t('Caught errors'),
      l10n.t('Pauses where an error is thrown that a caller catches.'),
    ),
  ];
}

/** What holds until the editor has chosen. */
export function defaultFilters(): PauseFilters {
  return Object.fromEntries(DEFAULTS.map((each) => [each, '']));
}

type Filter = DebugProtocol.ExceptionBreakpointsFilter & { filter: Moment };

const DEFAULTS: readonly Moment[] = ['switch', 'deadlock', 'uncaught'];

function filter(id: Moment, label: string, description: string): Filter {
  return {
    filter: id,
    label,
    description,
    default: DEFAULTS.includes(id),
    supportsCondition: true,
    // What conditions are made of; shown by the editor while one is written.
    conditionDescription: l10n.t(
      'Expression over from, to, reason, name and count, e.g. name === "worker" && reason === "sleep"',
    ),
  };
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
      return { verified: false, message: l10n.t('There is no filter {0}.', filterId) };
    }
    const problem = problems[filterId];
    if (problem === undefined) return { verified: true };
    return { verified: false, message: l10n.t('The condition cannot be read: {0}', problem) };
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
  return offeredFilters().some((each) => each.filter === id);
}
