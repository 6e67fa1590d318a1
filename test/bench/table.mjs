// @ts-check
/** What a group of benchmarks measures: tables of rows, each compared with something that was measured in the same run. */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} value in the table's unit
 * @property {string} [against] what it is compared with
 * @property {number} [base] the value of that
 * @property {'ratio' | 'added'} [compare] how: `value / base` (by default), or `value - base`
 * @property {number} [goal] how much that may be at most; with `atLeast`, at least
 * @property {boolean} [atLeast]
 *
 * @typedef {object} Table
 * @property {string} title
 * @property {string} unit
 * @property {Row[]} rows
 * @property {string[]} [missing] what could not be measured, and why
 *
 * @typedef {object} Verdict
 * @property {number} compared the ratio, or the difference; the value itself where there is no base
 * @property {boolean} [met] whether the goal is met, where there is one
 */

/**
 * Compares a row with its base, and with its goal.
 *
 * @param {Row} row
 * @returns {Verdict}
 */
export function verdictOf({ value, base, compare = 'ratio', goal, atLeast = false }) {
  const compared = base === undefined ? value : compare === 'ratio' ? value / base : value - base;
  if (goal === undefined) return { compared };
  return { compared, met: atLeast ? compared >= goal : compared <= goal };
}

/** @param {Table} table */
export function printTable({ title, unit, rows, missing = [] }) {
  console.log(`${title}, ${unit}`);
  const names = widthOf(rows.map((row) => row.name));
  const bases = widthOf(rows.map((row) => row.against ?? ''));
  for (const row of rows) {
    const { compared, met } = verdictOf(row);
    const parts = [row.name.padEnd(names), figure(row.value)];
    if (row.base !== undefined) {
      const sign = row.compare === 'added' ? '+' : '×';
      parts.push(
        (row.against ?? '').padEnd(bases),
        figure(row.base),
        `${sign} ${compared.toFixed(2)}`,
      );
    }
    if (met !== undefined) parts.push(`(goal ${row.goal}: ${met ? 'met' : 'missed'})`);
    console.log(`  ${parts.join('  ')}`);
  }
  for (const reason of missing) console.log(`  missing: ${reason}`);
  console.log('');
}

/** @param {number} value */
export function figure(value) {
  return value.toFixed(value < 1000 ? 1 : 0).padStart(9);
}

/** @param {string[]} texts */
function widthOf(texts) {
  return Math.max(...texts.map((text) => text.length));
}
