// @ts-check
/** Draws tables as bars: what takes how many times as long, or as much, as ours. */

import { figure } from './table.mjs';

/** @typedef {import('./table.mjs').Table} Table */

const WIDTH = 900;
const LABEL = 260;
const FIGURES = 150;
const BAR = 14;
const HEAD = 40;
/** The scale is logarithmic, from a tenth to a thousand times. */
const LEAST = -1;
const MOST = 3;

/**
 * A chart in which longer is worse for what we are compared with; the line is where both are level.
 *
 * @param {readonly Table[]} tables
 * @returns {string} SVG
 */
export function chartOf(tables) {
  const level = xOf(1);
  let y = 10;
  const parts = tables
    .filter((table) => table.rows.some((row) => row.base !== undefined))
    .flatMap(({ title, unit, rows }) => {
      y += HEAD;
      const lines = [`<text x="10" y="${y - 12}" class="title">${escaped(title)}</text>`];
      for (const { name, value, against = '', base } of rows) {
        if (base === undefined) continue;
        const ratio = base / value;
        const x = xOf(ratio);
        const label = title.includes(against) ? name : `${name}, ${against}`;
        const text = `${figure(value).trim()} : ${figure(base).trim()} (× ${figure(ratio).trim()})`;
        lines.push(
          `<text x="${LABEL - 8}" y="${y + 11}" class="label">${escaped(label)}</text>`,
          `<rect x="${Math.min(level, x)}" y="${y}" width="${Math.abs(x - level).toFixed(1)}" height="${BAR - 2}" class="${ratio < 1 ? 'slower' : 'faster'}"><title>${escaped(`${label}: ${text} ${unit}`)}</title></rect>`,
          `<text x="${Math.max(level, x) + 6}" y="${y + 11}">${text}</text>`,
        );
        y += BAR + 4;
      }
      return lines;
    });
  const height = y + 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">`,
    '<title>Greenlets beside their peers: longer bars are what takes longer than greenlets</title>',
    '<style>text { font: 11px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 13px }',
    '.label { text-anchor: end } .faster { fill: #2a9d8f } .slower { fill: #e76f51 }</style>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...parts,
    `<line x1="${level}" x2="${level}" y1="20" y2="${height - 10}" stroke="#888" stroke-dasharray="2 3"/>`,
    '</svg>',
    '',
  ].join('\n');
}

/** @param {number} ratio */
function xOf(ratio) {
  const share = (Math.min(MOST, Math.max(LEAST, Math.log10(ratio))) - LEAST) / (MOST - LEAST);
  return Math.round(LABEL + share * (WIDTH - LABEL - FIGURES));
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
