/**
 * A chapter of the tutorial as its `media/tutorial/NN-name/chapter.json` says it. Beside that file each language has a folder with
 * `guide.md`, `program.ts`, `exercise.ts` (what the reader gets) and `solution.ts`.
 */

/** The languages that the tutorial is written in: the names of a chapter's folders. */
export const LANGUAGES = ['en', 'zh-cn'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A text in each language. */
export type Text = Record<Language, string>;

export interface Chapter {
  /** The id of its part in `media/tutorial/parts.json`. */
  part: string;
  title: Text;
  /** A question whose answer the debugger shows. */
  question: Text;
  answer: Text;
  /** What program.ts prints, the same in every language. */
  output: Line[];
  /** What it prints to stderr; nothing where this is missing. */
  errors?: Line[];
  /** 0 where this is missing. */
  exitCode?: number;
  /** What the history of program.ts shows. */
  switches: Switches;
  /** What to look at in the debugger: the view and the steps. */
  watch: { /** Its id, ours or VS Code's. */ view: string } & Text;
  exercise: { task: Text; check: Check };
  /** What the guide says at some lines beside what it says at every pause. */
  moments?: Moment[];
}

export interface Part {
  id: string;
  title: Text;
}

/** What a run of a program should have done. */
export type Expected = Pick<Chapter, 'output' | 'errors' | 'exitCode'> & {
  switches?: Switches;
};

/** When an exercise is solved. */
export interface Check extends Expected {
  source?: {
    /** Texts that the code must have, comments not counted. */
    required?: string[];
    /** Texts that it must not have. */
    forbidden?: string[];
  };
}

/**
 * A line; or one that varies; or lines that come in any order; or any number of lines, each of which the pattern matches whole.
 */
export type Line =
  | string
  | VaryingLine
  | { anyOrder: (string | VaryingLine)[] }
  | { every: string };

export interface VaryingLine {
  /** The pattern of the whole line. */
  match: string;
  /** What it may look like; shown to readers in the pattern's place. */
  example?: string;
}

/**
 * `[from, to, reason]`. A greenlet is given by its name, or as `name #id` where several have that name; 0 is `hub`. The reason
 * is the history's. `*` stands for any.
 */
export type Switch = [from: string, to: string, reason: string];

/** All switches in order; or, where the order is not fixed, what is true of them all the same. */
export type Switches = Switch[] | SwitchStatement;

export interface SwitchStatement {
  /** Switches that come in this order, whatever comes between them. */
  includes?: Switch[];
  /** Switches that never come. */
  excludes?: Switch[];
  /** How many come that are as `of` says: exactly `is`, or at least and at most so many. */
  counts?: { of: Switch; is?: number; atLeast?: number; atMost?: number }[];
  /** For greenlets, by name: why each stopped running, in order. Several that share a name must all have done so. */
  perGreenlet?: Record<string, string[]>;
}

export interface Moment {
  /** A piece of exactly one line of program.ts, the same in every language. */
  at: string;
  say: Text;
}
