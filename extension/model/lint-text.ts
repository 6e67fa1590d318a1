/** What was found, in sentences. */

import * as l10n from '@vscode/l10n';
import type { Lint, LintParty } from '../../runtime/src/protocol/lints.ts';

/** The sentence that says what is wrong. */
export function lintMessage(lint: Lint): string {
  const { label, subject, count } = lint;
  const message = sentence(lint);
  if (count === 1) return message;
  return ['deadlock', 'leak', 'never-ran'].includes(lint.code)
    ? l10n.t('{0} ({1} greenlets; the first was {2})', message, count, label)
    : l10n.t('{0} ({1} times)', message, count);

  function sentence({ code, others, seconds = 0 }: Lint): string {
    const lasted = seconds.toFixed(seconds < 10 ? 2 : 0);
    switch (code) {
      case 'deadlock':
        return deadlock(lint);
      case 'leak':
        return l10n.t(
          'Leaked greenlet: when the program ended, {0} still waited here for {1}, which nobody else can reach.',
          label,
          subject,
        );
      case 'never-ran':
        return l10n.t(
          '{0} was spawned here and has never run: the program ended first. Wait for it with join() or joinAll().',
          label,
        );
      case 'blocked':
        return l10n.t('{0} has kept all other greenlets waiting for {1} s here.', label, lasted);
      case 'busy-wait':
        return l10n.t(
          '{0} waits busily: it has called {1} here all the time for {2} s. Wait for an Event or a Queue instead.',
          label,
          subject,
          lasted,
        );
      case 'starvation':
        return starvation(lint, lasted);
      case 'blocking-call':
        return l10n.t(
          '{0} holds up all greenlets while {1} waits for it; a patched one lets them run.',
          subject,
          label,
        );
      case 'swallowed-kill':
        return l10n.t(
          'Swallowed kill: {0} was killed here while it waited for {1}, has caught the GreenletExit, and goes on.',
          label,
          subject,
        );
      case 'swallowed-timeout':
        return l10n.t(
          'Swallowed timeout: the time of {0} was over here while it waited for {1}; the Timeout was caught, and it goes on without a limit.',
          label,
          subject,
        );
      case 'over-release':
        return l10n.t(
          '{0} is released here more often than it was acquired, so more greenlets than planned can hold it.',
          subject,
        );
      default:
        return others.length > 0 ? `${code}: ${label}` : code;
    }
  }
}

/** What a party of a finding has to do with it: `b #3 waits here for Semaphore.acquire (left)`. */
export function partyText({ label, subject, ended }: LintParty): string {
  if (ended) return l10n.t('{0} has ended.', label);
  if (subject !== '') return l10n.t('{0} waits here for {1}.', label, subject);
  return l10n.t('{0} is here.', label);
}

function deadlock({ label, subject, others, circle }: Lint): string {
  if (circle.length > 0) {
    const round = [...circle, label].join(' → ');
    return l10n.t('Deadlock: {0} waits here for {1} in a circle: {2}.', label, subject, round);
  }
  const ended = others.find((each) => each.ended);
  if (ended !== undefined) {
    return l10n.t(
      'Deadlock: {0} waits here for {1}, which {2} held when it ended.',
      label,
      subject,
      ended.label,
    );
  }
  if (others.length === 0) {
    return l10n.t(
      'Deadlock: {0} waits here for {1}, and nobody is left who could end that wait.',
      label,
      subject,
    );
  }
  const labels = others.map((each) => each.label).join(', ');
  return l10n.t(
    'Deadlock: {0} waits here for {1}, which only these could end, and none of them can go on: {2}.',
    label,
    subject,
    labels,
  );
}

function starvation({ label, subject, others }: Lint, lasted: string): string {
  const other = others[0]?.label ?? '';
  if (subject === '') {
    return l10n.t(
      'Starvation: {0} has been ready for {1} s here while {2} has run again and again.',
      label,
      lasted,
      other,
    );
  }
  return l10n.t(
    'Starvation: {0} has been next in line for {1} for {2} s here, while others took it again and again.',
    label,
    subject,
    lasted,
  );
}
