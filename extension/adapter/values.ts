/** Values as text: what the editor shows beside a variable's name. */

import type { ObjectPreview, RemoteObject } from '../cdp/types.ts';

const LONGEST = 200;

/** A value, an object with the beginning of its contents. */
export function valueText(object: RemoteObject): string {
  const { type, subtype, value, unserializableValue, description, preview, className } = object;
  if (unserializableValue !== undefined) return unserializableValue;
  if (type === 'undefined') return 'undefined';
  if (subtype === 'null') return 'null';
  if (type === 'string') return JSON.stringify(value);
  if (type === 'function') return functionText(description ?? '');
  if (type !== 'object') return description ?? String(value);
  if (subtype === 'error') return firstLine(description ?? className ?? 'Error');
  if (preview === undefined || subtype === 'regexp' || subtype === 'date') {
    return description ?? className ?? 'Object';
  }
  return shorten(previewText(preview, subtype));
}

/** The children of a value that are numbered; undefined for anything but arrays. */
export function lengthOf(object: RemoteObject): number | undefined {
  if (object.subtype !== 'array' && object.subtype !== 'typedarray') return undefined;
  const match = /\((\d+)\)$/.exec(object.description ?? '');
  return match === null ? undefined : Number(match[1]);
}

function previewText(preview: ObjectPreview, subtype: string | undefined): string {
  const { description = '', overflow, properties, entries } = preview;
  const more = overflow ? ['…'] : [];
  if (subtype === 'array' || subtype === 'typedarray') {
    const length = /\((\d+)\)$/.exec(description)?.[1] ?? properties.length;
    const items = properties.filter((each) => /^\d+$/.test(each.name)).map(propertyText);
    const head = description.startsWith('Array(') ? `(${length})` : description;
    return `${head} [${[...items, ...more].join(', ')}]`;
  }
  if (entries !== undefined) {
    const items = entries.map(({ key, value }) =>
      key === undefined ? entryText(value) : `${entryText(key)} => ${entryText(value)}`,
    );
    return `${description} {${[...items, ...more].join(', ')}}`;
  }
  const items = properties.map((each) => `${each.name}: ${propertyText(each)}`);
  const body = `{${[...items, ...more].join(', ')}}`;
  return description === 'Object' || description === '' ? body : `${description} ${body}`;
}

function propertyText({ type, subtype, value = '' }: ObjectPreview['properties'][number]): string {
  if (type === 'string') return JSON.stringify(value);
  if (type === 'function') return 'ƒ';
  if (type === 'accessor') return '(…)';
  if (type === 'object' && subtype === undefined && value === 'Object') return '{…}';
  return value;
}

function entryText(preview: ObjectPreview & { type?: string }): string {
  const { description = '', type } = preview;
  return type === 'string' ? JSON.stringify(description) : description;
}

function functionText(source: string): string {
  if (source.startsWith('class')) return firstLine(source).replace(/\s*\{.*$/, '');
  const head = /^(?:async\s+)?(?:function\b)?\s*\*?\s*(?:\[[^\]]*\])?([\w$#]*\s*\([^)]*\))/.exec(
    source,
  );
  return `ƒ ${head?.[1] ?? shorten(firstLine(source))}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
