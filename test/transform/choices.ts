/** The choices that lead to a random program: drawn from a seed, or given as a list, so that a program can be made smaller. */

export interface Choices {
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** What has been chosen so far. */
  readonly taken: readonly number[];
}

/** Choices from a small generator of pseudo-random numbers: a seed names a program. */
export function seededChoices(seed: number): Choices {
  let state = (seed * 2654435761 + 1) >>> 0;
  return choicesFrom((limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  });
}

/** Choices from a list, and the first of everything once it is at its end. */
export function givenChoices(list: readonly number[]): Choices {
  let at = 0;
  return choicesFrom((limit) => (list[at++] ?? 0) % limit);
}

function choicesFrom(choose: (limit: number) => number): Choices {
  const taken: number[] = [];
  const below = (limit: number) => {
    const choice = choose(limit);
    taken.push(choice);
    return choice;
  };
  return { below, taken, pick: (list) => list[below(list.length)] as never };
}

/**
 * A shorter list of choices that still fails: without as many of them as possible, the others as small as possible.
 *
 * @param fails whether the program that a list leads to fails.
 * @param attempts how often it may be asked.
 */
export async function shrink(
  choices: readonly number[],
  fails: (choices: readonly number[]) => Promise<boolean>,
  attempts = 600,
): Promise<readonly number[]> {
  let best = choices;
  let left = attempts;
  const tryOut = async (candidate: readonly number[]): Promise<boolean> => {
    if (left-- <= 0 || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = Math.ceil(best.length / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length && left > 0; )
      if (!(await tryOut([...best.slice(0, at), ...best.slice(at + size)]))) at += size;
  }
  for (let at = 0; at < best.length && left > 0; at++)
    if (best[at] !== 0) await tryOut(best.map((choice, index) => (index === at ? 0 : choice)));
  return best;
}
