/** Compares what a program has done with what a chapter says of it. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo, SwitchRow } from '../../runtime/src/protocol/snapshot.ts';
import type {
  Chapter,
  Check,
  Expected,
  Line,
  Switch,
  Switches,
  SwitchStatement,
} from './chapter.ts';

/** What a program has done. */
export interface ProgramRun {
  output: string[];
  errors: string[];
  /** Null: it did not end by itself. */
  exitCode: number | null;
  switches: SwitchRow[];
  greenlets: Pick<GreenletInfo, 'id' | 'name'>[];
}

/** What is wrong with a run of a chapter's program, in sentences; empty: nothing. */
export function checkChapter(chapter: Chapter, run: ProgramRun): string[] {
  return checkRun(chapter, run);
}

/** What is wrong with a reader's solution: first of its code, then of its run. */
export function checkExercise({ exercise }: Chapter, source: string, run: ProgramRun): string[] {
  return [...checkSource(exercise.check, source), ...checkRun(exercise.check, run)];
}

/**
 * The run from what `greenlets trace FILE --json OUT` gives.
 *
 * @param stdout what the program printed, with the table of the trace behind it.
 * @param trace the content of OUT.
 */
export function tracedRun(
  stdout: string,
  stderr: string,
  exitCode: number | null,
  trace: string,
): ProgramRun {
  const table = stdout.lastIndexOf(TABLE);
  const { switches, greenlets } = JSON.parse(trace);
  return {
    output: linesOf(table < 0 ? stdout : stdout.slice(0, table)),
    errors: linesOf(stderr),
    exitCode,
    switches,
    greenlets,
  };
}

/** How the table of a trace begins. */
const TABLE = '\nSwitches\n';

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function checkSource({ source }: Check, text: string): string[] {
  const code = withoutComments(text);
  const missing = source?.required?.filter((piece) => !code.includes(piece)) ?? [];
  const extra = source?.forbidden?.filter((piece) => code.includes(piece)) ?? [];
  return [
    ...missing.map((piece) => l10n.t('The program should contain {0}.', piece)),
    ...extra.map((piece) => l10n.t('The program should do without {0}.', piece)),
  ];
}

function withoutComments(source: string): string {
  const tokens =
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/.*|\/\*[\s\S]*?\*\//g;
  return source.replace(tokens, (_token, string?: string) => string ?? '');
}

function checkRun(expected: Expected, run: ProgramRun): string[] {
  const exitCode = expected.exitCode ?? 0;
  const problems = [
    ...compareLines(expected.output, run.output, outputTexts()),
    ...checkErrors(expected.errors, run.errors),
  ];
  if (run.exitCode === null) problems.push(l10n.t('The program did not end.'));
  else if (run.exitCode !== exitCode) {
    problems.push(l10n.t('The program should end with code {0}, not {1}.', exitCode, run.exitCode));
  }
  // A program that prints something else switches otherwise too: one problem at a time.
  if (problems.length > 0 || expected.switches === undefined) return problems;
  return checkSwitches(expected.switches, run);
}

function checkErrors(expected: readonly Line[] | undefined, actual: readonly string[]): string[] {
  if (expected !== undefined) return compareLines(expected, actual, errorTexts());
  // Node says first where it gave up, and then the error: `LoopExit: …`.
  const error = actual.find((line) => /^[A-Z]\w*(: |$)/.test(line)) ?? actual[0];
  return error === undefined ? [] : [l10n.t('An error was printed: {0}', error)];
}

/** The sentences about one of a program's streams. */
interface StreamTexts {
  differs(line: number, expected: string, actual: string): string;
  ends(line: number, expected: string): string;
  extra(line: number, actual: string): string;
}

function outputTexts(): StreamTexts {
  return {
    differs: (line, expected, actual) =>
      l10n.t('Line {0} of the output should be {1}, but is {2}.', line, expected, actual),
    ends: (line, expected) => l10n.t('The output has no line {0}: {1}.', line, expected),
    extra: (line, actual) => l10n.t('The output goes on in line {0}: {1}.', line, actual),
  };
}

function errorTexts(): StreamTexts {
  return {
    differs: (line, expected, actual) =>
      l10n.t('Line {0} of the errors should be {1}, but is {2}.', line, expected, actual),
    ends: (line, expected) => l10n.t('The errors have no line {0}: {1}.', line, expected),
    extra: (line, actual) => l10n.t('The errors go on in line {0}: {1}.', line, actual),
  };
}

/** The first difference, if there is one: what follows it is mostly its consequence. */
function compareLines(
  expected: readonly Line[],
  actual: readonly string[],
  say: StreamTexts,
): string[] {
  let at = 0;
  for (const line of expected) {
    if (typeof line === 'object' && 'every' in line) {
      while (matches(line.every, actual[at])) at++;
      continue;
    }
    const wanted = typeof line === 'object' && 'anyOrder' in line ? [...line.anyOrder] : [line];
    while (wanted.length > 0) {
      const found = actual[at];
      if (found === undefined) return [say.ends(at + 1, quoted(wanted[0] as Line))];
      const match = wanted.findIndex((each) => isLine(each, found));
      if (match < 0) return [say.differs(at + 1, wanted.map(quoted).join(' / '), `"${found}"`)];
      wanted.splice(match, 1);
      at++;
    }
  }
  const extra = actual[at];
  return extra === undefined ? [] : [say.extra(at + 1, `"${extra}"`)];
}

function isLine(expected: Line, actual: string): boolean {
  if (typeof expected === 'string') return expected === actual;
  return 'match' in expected && matches(expected.match, actual);
}

/** Whether the pattern matches a line as a whole. */
function matches(pattern: string, line: string | undefined): boolean {
  return line !== undefined && new RegExp(`^(?:${pattern})$`).test(line);
}

function quoted(line: Line): string {
  if (typeof line === 'string') return `"${line}"`;
  if ('match' in line) return `/${line.match}/`;
  return 'every' in line ? '…' : line.anyOrder.map(quoted).join(' / ');
}

function checkSwitches(expected: Switches, run: ProgramRun): string[] {
  const rows = namedRows(run.switches, run.greenlets);
  return Array.isArray(expected) ? compareSwitches(expected, rows) : checkStatement(expected, rows);
}

/** A row of the history with the names of its greenlets. */
export interface NamedRow {
  from: { id: number; name: string };
  to: { id: number; name: string };
  reason: string;
}

/** Names the greenlets of a history. */
export function namedRows(
  switches: ProgramRun['switches'],
  greenlets: ProgramRun['greenlets'],
): NamedRow[] {
  const names = new Map([[0, 'hub'], ...greenlets.map(({ id, name }) => [id, name] as const)]);
  return switches.map(({ from, to, reason }) => ({
    from: { id: from, name: names.get(from) ?? '' },
    to: { id: to, name: names.get(to) ?? '' },
    reason,
  }));
}

function compareSwitches(expected: readonly Switch[], rows: readonly NamedRow[]): string[] {
  for (let i = 0; i < Math.max(expected.length, rows.length); i++) {
    const [wanted, row] = [expected[i], rows[i]];
    if (wanted && row && isSwitch(wanted, row)) continue;
    if (!row) return [l10n.t('Switch {0} is missing: {1}.', i + 1, inWords(wanted as Switch))];
    if (!wanted) return [l10n.t('Switch {0} is one too many: {1}.', i + 1, rowInWords(row))];
    return [
      l10n.t('Switch {0} should be {1}, but is {2}.', i + 1, inWords(wanted), rowInWords(row)),
    ];
  }
  return [];
}

function checkStatement(statement: SwitchStatement, rows: readonly NamedRow[]): string[] {
  const problems: string[] = [];
  let at = 0;
  for (const wanted of statement.includes ?? []) {
    const found = rows.findIndex((row, i) => i >= at && isSwitch(wanted, row));
    if (found < 0) {
      problems.push(l10n.t('This switch should come: {0}.', inWords(wanted)));
      break;
    }
    at = found + 1;
  }
  for (const wrong of statement.excludes ?? []) {
    if (rows.some((row) => isSwitch(wrong, row))) {
      problems.push(l10n.t('This switch should not come: {0}.', inWords(wrong)));
    }
  }
  for (const {
    of,
    is,
    atLeast = is ?? 0,
    atMost = is ?? Number.POSITIVE_INFINITY,
  } of statement.counts ?? []) {
    const count = rows.filter((row) => isSwitch(of, row)).length;
    if (count < atLeast) {
      problems.push(
        l10n.t('{0} should come at least {1} times, not {2}.', inWords(of), atLeast, count),
      );
    } else if (count > atMost) {
      problems.push(
        l10n.t('{0} should come at most {1} times, not {2}.', inWords(of), atMost, count),
      );
    }
  }
  for (const [name, reasons] of Object.entries(statement.perGreenlet ?? {})) {
    problems.push(...checkGreenlets(name, reasons.join(', '), rows));
  }
  return problems;
}

/** Whether every greenlet of that name has stopped running for these reasons. */
function checkGreenlets(name: string, expected: string, rows: readonly NamedRow[]): string[] {
  const reasons = new Map<number, string[]>();
  for (const { from, reason } of rows) {
    if (isGreenlet(name, from)) reasons.set(from.id, [...(reasons.get(from.id) ?? []), reason]);
  }
  if (reasons.size === 0) return [l10n.t('No greenlet {0} has run.', name)];
  const wrong = [...reasons.values()]
    .map((each) => each.join(', '))
    .find((each) => each !== expected);
  if (wrong === undefined) return [];
  return [l10n.t('{0} should give way for {1}, not for {2}.', name, expected, wrong)];
}

/** Whether a row is as a chapter says. */
export function isSwitch([from, to, reason]: Switch, row: NamedRow): boolean {
  const isReason = reason === '*' || reason === row.reason;
  return isReason && isGreenlet(from, row.from) && isGreenlet(to, row.to);
}

/** Whether a greenlet is the one that a chapter names. */
export function isGreenlet(expected: string, { id, name }: NamedRow['from']): boolean {
  return expected === '*' || expected === name || expected === `${name} #${id}`;
}

/** `foo → bar (sleep)`. */
export function inWords([from, to, reason]: Switch): string {
  return `${from} → ${to} (${reason})`;
}

/** The same of a row. */
export function rowInWords({ from, to, reason }: NamedRow): string {
  return inWords([label(from), label(to), reason]);
}

function label({ id, name }: NamedRow['from']): string {
  return id === 0 ? name : `${name} #${id}`;
}
