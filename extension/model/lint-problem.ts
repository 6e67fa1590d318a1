/** A finding as an editor shows it: a message at a place, with other places that belong to it. */

import * as l10n from '@vscode/l10n';
import type { Lint, LintCode } from '../../runtime/src/protocol/lints.ts';
import type { Location } from '../../runtime/src/protocol/snapshot.ts';
import { lintMessage, partyText } from './lint-text.ts';

export interface Problem {
  code: LintCode;
  /** Whether nothing of it can be meant. */
  isError: boolean;
  message: string;
  location: Location;
  /** The callers, those who take part, and where the greenlet was spawned. */
  related: { message: string; location: Location }[];
}

/** The problem to show; undefined where nobody knows the place. */
export function problemOf(lint: Lint): Problem | undefined {
  const { code, location, stack, others, spawned, label } = lint;
  if (location === null) return undefined;
  const related = [
    ...others.map((each) => ({ message: partyText(each), location: each.location })),
    ...stack.slice(1).map((each) => ({
      message: l10n.t('Called by {0}.', each.function),
      location: each,
    })),
    ...(code === 'never-ran' ? [] : spawned)
      .slice(0, 1)
      .map((each) => ({ message: l10n.t('{0} was spawned here.', label), location: each })),
  ].filter(isPlaced);
  const isError = code === 'deadlock';
  return { code, isError, message: lintMessage(lint), location, related };
}

function isPlaced(each: {
  message: string;
  location: Location | null;
}): each is Problem['related'][number] {
  return each.location !== null;
}
