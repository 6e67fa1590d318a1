/** Calls that look like a mistake: whoever sees one made tells one listener of it. With no listener it costs a branch. */

/** What was done. */
export interface Notice {
  /** A call of Node's that blocks; a semaphore that is released more often than it was acquired. */
  kind: 'blocking-call' | 'over-release';
  /** What it was done with: `fs.readFileSync`, the semaphore's name. */
  subject: string;
}

/** Who is told, in the middle of the call: it must neither switch nor throw. Null: nobody. */
export const notices: { listener: ((notice: Notice) => void) | null } = { listener: null };
