/** What goes wrong, in the user's words. */

/** An error whose message is a whole sentence for the user. Everything else is a defect of the adapter. */
export class UserError extends Error {
  override name = 'UserError';
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

/** Whether the failure of a request is for a message of its own, beside what the editor makes of the answer. */
export function isShown(command: string): boolean {
  return !ASKED_BY_THE_EDITOR.has(command) && !command.startsWith('greenlet/');
}
