/** What goes wrong, in the user's words. */

import type { DebugProtocol } from '@vscode/debugprotocol';

/** An error whose message is a whole sentence for the user. Everything else is a defect of the adapter. */
export class UserError extends Error {
  override name = 'UserError';
}

/** A request that this adapter does not know. */
export class UnknownRequestError extends UserError {
  override name = 'UnknownRequestError';
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an editor asks on its own, also when the program has gone on meanwhile. */
const ASKED_BY_THE_EDITOR = new Set([
  'continue',
  'evaluate',
  'exceptionInfo',
  'pause',
  'scopes',
  'stackTrace',
  'threads',
  'variables',
]);

/** A failed request's number; clients show the message. */
const ERROR_ID = 1;
const UNKNOWN_REQUEST_ID = 1014;

/** The error of a failed request, as the protocol has it. */
export function errorBody(command: string, error: unknown): DebugProtocol.Message {
  return {
    id: error instanceof UnknownRequestError ? UNKNOWN_REQUEST_ID : ERROR_ID,
    // Clients take {braces} for variables.
    format: messageOf(error).replace(/[{}]/g, ''),
    // The editor makes a message of its own out of the answer to what it asks by itself.
    showUser: !ASKED_BY_THE_EDITOR.has(command) && !command.startsWith('greenlet/'),
  };
}
