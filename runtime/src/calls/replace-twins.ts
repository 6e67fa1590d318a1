/** Twins of `replace` and `replaceAll` with a function that switches. */

import { called } from '../core/call.ts';
import { linkCallbackTwin } from './link-twin.ts';
import { isObject } from './open.ts';

type Match = {
  readonly [index: number]: unknown;
  readonly length: number;
  index: number;
  groups: unknown;
};
type Matcher = { exec: unknown; flags: unknown; lastIndex: number };

const nativeExec = RegExp.prototype.exec;

/** Links the twins. */
export function linkReplaceTwins(): void {
  for (const name of ['replace', 'replaceAll'])
    linkCallbackTwin(
      String.prototype,
      name,
      (self, [search, callback]) => replace(self, search, callback, name === 'replaceAll'),
      1,
    );
  linkCallbackTwin(
    RegExp.prototype,
    Symbol.replace,
    (self, [text, callback]) => replaceMatches(self as Matcher, `${text}`, callback),
    1,
  );
}

function* replace(
  self: unknown,
  search: unknown,
  callback: unknown,
  all: boolean,
): Generator<undefined, unknown, unknown> {
  if (search !== null && search !== undefined) {
    if (all && isRegExp(search)) {
      const { flags } = search as unknown as Matcher;
      if (flags === undefined || flags === null)
        throw new TypeError('String.prototype.replaceAll called with a RegExp without flags');
      if (!`${flags}`.includes('g'))
        throw new TypeError('replaceAll must be called with a global RegExp');
    }
    const replacer = (search as Record<symbol, unknown>)[Symbol.replace];
    if (replacer !== undefined && replacer !== null)
      return yield* called(replacer, search, self, callback);
  }
  const text = `${self}`;
  const wanted = `${search}`;
  const places: number[] = [];
  const step = Math.max(1, wanted.length);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + step)) {
    places.push(at);
    if (!all || at + step > text.length) break;
  }
  let result = '';
  let end = 0;
  for (const at of places) {
    const made = `${yield* called(callback, undefined, wanted, at, text)}`;
    result += text.slice(end, at) + made;
    end = at + wanted.length;
  }
  return result + text.slice(end);
}

function isRegExp(value: unknown): value is object {
  if (!isObject(value)) return false;
  const matches = (value as Record<symbol, unknown>)[Symbol.match];
  return matches === undefined ? value instanceof RegExp : Boolean(matches);
}

/** All matches are found before the first call. */
function* replaceMatches(
  matcher: Matcher,
  text: string,
  callback: unknown,
): Generator<undefined, unknown, unknown> {
  const flags = `${matcher.flags}`;
  const all = flags.includes('g');
  if (all) matcher.lastIndex = 0;
  const matches: Match[] = [];
  for (;;) {
    const match = yield* exec(matcher, text);
    if (match === null) break;
    matches.push(match);
    if (!all) break;
    if (`${match[0]}` === '') {
      const at = lengthOf(matcher.lastIndex);
      matcher.lastIndex = at + widthAt(text, at, /[uv]/.test(flags));
    }
  }
  let result = '';
  let end = 0;
  for (const match of matches) {
    const count = Math.max(lengthOf(match.length) - 1, 0);
    const matched = `${match[0]}`;
    const at = Math.max(Math.min(Math.trunc(Number(match.index)) || 0, text.length), 0);
    const args: unknown[] = [matched];
    for (let index = 1; index <= count; index++) {
      const capture = match[index];
      args.push(capture === undefined ? undefined : `${capture}`);
    }
    const { groups } = match;
    args.push(at, text);
    if (groups !== undefined) args.push(groups);
    const made = `${yield* called(callback, undefined, ...args)}`;
    if (at < end) continue;
    result += text.slice(end, at) + made;
    end = at + matched.length;
  }
  return result + text.slice(end);
}

function* exec(matcher: Matcher, text: string): Generator<undefined, Match | null, unknown> {
  const { exec: own } = matcher;
  if (typeof own !== 'function') return Reflect.apply(nativeExec, matcher, [text]) as Match | null;
  const match =
    own === nativeExec
      ? Reflect.apply(nativeExec, matcher, [text])
      : yield* called(own, matcher, text);
  if (match !== null && !isObject(match)) throw new TypeError('object null is not a function');
  return match as Match | null;
}

function widthAt(text: string, at: number, unicode: boolean): number {
  return unicode && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function lengthOf(value: unknown): number {
  return Math.min(Math.max(Math.trunc(Number(value)) || 0, 0), Number.MAX_SAFE_INTEGER);
}
