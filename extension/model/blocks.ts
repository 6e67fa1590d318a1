/**
 * Long lists in blocks. An editor's tree is slow with thousands of siblings, so a list of numbers is cut into blocks of 100
 * (or 10,000, …) aligned by number: a block keeps its identity while numbers come and go around it.
 */

/** A list that is not longer than this is not cut. */
export const LONGEST_LIST = 200;

export interface Block {
  /** The block covers the numbers from `first` to before `first + size`. */
  first: number;
  size: number;
  /** The numbers in it, ascending; never empty. */
  members: number[];
}

/** The blocks of an ascending list; undefined for a list of up to `longest` numbers, which needs none. */
export function blocksOf(
  numbers: readonly number[],
  longest: number = LONGEST_LIST,
): Block[] | undefined {
  if (numbers.length <= longest) return undefined;
  for (let size = 100; ; size *= 100) {
    const blocks = cut(numbers, size);
    if (blocks.length <= LONGEST_LIST) return blocks;
  }
}

function cut(numbers: readonly number[], size: number): Block[] {
  const blocks: Block[] = [];
  for (const number of numbers) {
    const first = number - (number % size);
    const last = blocks.at(-1);
    if (last?.first === first) last.members.push(number);
    else blocks.push({ first, size, members: [number] });
  }
  return blocks;
}
