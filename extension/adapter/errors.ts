/** What goes wrong, in the user's words. */

/** An error whose message is a whole sentence for the user. Everything else is a defect of the adapter. */
export class UserError extends Error {
  override name = 'UserError';
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
