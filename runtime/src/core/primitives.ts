/** The objects that greenlets wait for are told to one listener as they are made. With no listener it costs a branch. */

/** Who is told, in the middle of a constructor: it must neither switch nor throw. Null: nobody. */
export const primitives: { made: ((object: object) => void) | null } = { made: null };
