/** Arguments of requests that are none of DAP's. */

import * as l10n from '@vscode/l10n';
import { UserError } from '../errors.ts';

/** Arguments that come from outside: nothing is known of them. */
export type Given = Record<string, unknown>;

/**
 * The greenlet that a request is about.
 *
 * @throws {UserError} if none is given.
 */
export function idIn(args: Given, request: string): number {
  const id = count(args, 'id');
  if (id === undefined) throw new UserError(l10n.t('{0} needs the id of a greenlet.', request));
  return id;
}

/**
 * A number among the arguments; undefined where it was left out.
 *
 * @throws {UserError} if it is none that counts something.
 */
export function count(args: Given, name: string): number | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new UserError(l10n.t('"{0}" must be a whole number that is not negative.', name));
}

/**
 * The greenlets that a request is about.
 *
 * @throws {UserError} if it is no list of ids.
 */
export function ids(args: Given): number[] {
  const { ids: list } = args;
  const isList = Array.isArray(list) && list.every((each) => Number.isInteger(each) && each >= 0);
  if (!isList) throw new UserError(l10n.t('"ids" must be a list of the ids of greenlets.'));
  return list;
}

/**
 * A text among the arguments; undefined where it was left out.
 *
 * @throws {UserError} if it is none.
 */
export function text(args: Given, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new UserError(l10n.t('"{0}" must be a text.', name));
}
