/** Where lines of the source mention variables: what inline values stand behind. */

/** A text that is no name: strings, comments. */
const NO_NAMES = /\/\/.*|\/\*.*?\*\/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;
/** A name that is no property: `.name`, `name:` of an object. */
const NAME = /(?<![\w$.#]|\?\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
/** How many values stand behind a line, and how long each may be. */
const VALUES_PER_LINE = 5;
const LONGEST_VALUE = 60;

/**
 * The values that stand behind the lines of a function.
 *
 * @param lines the texts of the lines.
 * @param values the variables by name.
 * @returns for each line `a = 1, b = 2`; empty where it mentions none of the variables.
 */
export function valueTexts(
  lines: readonly string[],
  values: ReadonlyMap<string, string>,
): string[] {
  return lines.map((line) => {
    const names = mentionedNames(line).filter((name) => values.has(name));
    return names
      .slice(0, VALUES_PER_LINE)
      .map((name) => `${name} = ${shortened(values.get(name) ?? '')}`)
      .join(', ');
  });
}

/** The names in a line, each once, in their order. */
export function mentionedNames(line: string): string[] {
  const code = line.replace(NO_NAMES, (text) => ' '.repeat(text.length));
  return [...new Set(code.match(NAME) ?? [])];
}

function shortened(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line;
}
