// @ts-check
/**
 * `npm run bench [group…] [-- --json FILE --chart FILE]`: what things cost, as ratios measured side by side in one run. A group is
 * a file in `groups/`, which exports `measure`. With `--json` the same tables are written as data, with `--chart` drawn as SVG.
 */

import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chartOf } from './chart.mjs';
import { printTable, verdictOf } from './table.mjs';

/** @typedef {import('./table.mjs').Table} Table */

const GROUPS = readdirSync(new URL('groups/', import.meta.url))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -'.mjs'.length))
  .sort();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, chart: { type: 'string' } },
});
const unknown = positionals.filter((name) => !GROUPS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}; there are ${GROUPS.join(', ')}.`);
  process.exit(1);
}

/** @type {Record<string, Table[]>} */
const measured = {};
for (const name of positionals.length > 0 ? positionals : GROUPS) {
  /** @type {{ measure(): Promise<Table[]> | Table[] }} */
  const group = await import(`./groups/${name}.mjs`);
  measured[name] = await group.measure();
  for (const table of measured[name]) printTable(table);
}
if (values.json !== undefined) {
  const groups = Object.entries(measured).map(([name, tables]) => ({
    name,
    tables: tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({ ...row, ...verdictOf(row) })),
    })),
  }));
  const { version, platform, arch } = process;
  writeFileSync(values.json, `${JSON.stringify({ version, platform, arch, groups }, null, 2)}\n`);
}
if (values.chart !== undefined)
  writeFileSync(values.chart, chartOf(Object.values(measured).flat()));
