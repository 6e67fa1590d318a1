/** Handlebars compiles and renders templates with helpers, partials and blocks. */

import Handlebars from 'handlebars';
import { lockfile } from '../input.mjs';

const PAGE = `{{#each packages as |each name|}}
{{> line each name=name}}{{else}}none{{/each}}
{{#if total}}{{total}} in all, {{upper "done"}}{{/if}} {{{raw}}} {{raw}} {{lookup numbers 1}} {{#with first}}{{version}}{{/with}}
{{#unless missing}}{{#list numbers sep=", "}}<{{this}}>{{/list}}{{/unless}}`;

export function run() {
  const handlebars = Handlebars.create();
  handlebars.registerPartial('line', '{{name}} {{version}}{{#if dev}} (dev){{/if}}');
  handlebars.registerHelper('upper', (text) => text.toUpperCase());
  handlebars.registerHelper('list', (items, { fn, hash }) =>
    items.map((item) => fn(item)).join(hash.sep),
  );
  const entries = Object.entries(lockfile()).slice(1, 60);
  const data = {
    packages: Object.fromEntries(entries),
    total: entries.length,
    raw: '<b>&amp;</b>',
    numbers: [1, 2, 3],
    first: entries[0][1],
  };
  return [handlebars.compile(PAGE)(data), handlebars.precompile(PAGE), handlebars.parse(PAGE)];
}
