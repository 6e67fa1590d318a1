/** Hit counts of breakpoints: `5`, `>= 5`, `% 2`… */

import * as l10n from '@vscode/l10n';
import type { HitCount } from '../../runtime/src/protocol/bridge.ts';
import { UserError } from './errors.ts';

const SYNTAX = /^\s*(===?|=|>=|<=|>|<|%)?\s*(\d+)\s*$/;

/**
 * Reads a hit count.
 *
 * @throws {UserError} if it is none.
 */
export function readHitCount(text: string): HitCount {
  const [, operator = '=', digits] = SYNTAX.exec(text) ?? [];
  const number = Number(digits);
  if (digits === undefined || (operator === '%' && number === 0)) {
    throw new UserError(
      l10n.t(
        'The hit count "{0}" cannot be read: write a number, or a comparison such as >= 5 or % 2 (every second time).',
        text,
      ),
    );
  }
  return { operator: operator.startsWith('=') ? '=' : (operator as HitCount['operator']), number };
}
