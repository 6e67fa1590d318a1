/** Mustache renders sections, partials and functions. */

import Mustache from 'mustache';
import { lockfile } from '../input.mjs';

const PAGE = `{{#packages}}{{>line}}{{/packages}}{{^packages}}none{{/packages}}
{{{raw}}} {{&raw}} {{raw}} {{a.b.c}} {{#bold}}so {{a.b.c}}{{/bold}} {{=<% %>=}}<% raw %>{{}}`;

export function run() {
  const packages = Object.entries(lockfile())
    .slice(1, 50)
    .map(([name, each]) => ({ name, ...each }));
  const bold = () => (text, render) => `<b>${render(text)}</b>`;
  const data = { packages, raw: '<i>&', a: { b: { c: () => 'deep' } }, bold };
  return [Mustache.render(PAGE, data, { line: '{{name}}: {{version}}\n' }), Mustache.parse(PAGE)];
}
