/** `toString` of transformed functions and classes: the text that the programmer wrote. */

import { bodyOf } from '../core/form.ts';

type Fn = (...args: never[]) => unknown;

/** By the key of a file: a function whose text holds the file's source in a comment. */
const sources = new Map<string, Fn>();
const { apply } = Reflect;
const native = Function.prototype.toString;
const exec = RegExp.prototype.exec;

/** Forms that no other table tells of. */
const forms = new WeakMap<object, Fn>();

/** Tells that a function shows the text of another one. */
export function showTextOf(fn: object, form: Fn): void {
  forms.set(fn, form);
}

/** Tells where the source of a file is. */
export function $source(key: string, holder: Fn): void {
  sources.set(key, holder);
}

/** What the transform puts at the end of what it changes. */
const MARK = /\/\*\$([\da-z]+):(\d+)-(\d+)\*\/\}$/;

const { toString: patched } = {
  toString(this: Fn): string {
    if (this === patched) return apply(native, native, []);
    const text: string = apply(native, this, []);
    const own = originalOf(text);
    if (own !== undefined) return own;
    const form = typeof this === 'function' ? (bodyOf(this) ?? forms.get(this)) : undefined;
    return (form && originalOf(apply(native, form, []))) ?? text;
  },
};

/** Lets every function show its own text. */
export function patchToString(): void {
  Object.defineProperty(Function.prototype, 'toString', {
    value: patched,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

function originalOf(text: string): string | undefined {
  const mark = apply(exec, MARK, [text]) as RegExpExecArray | null;
  if (mark === null) return undefined;
  const holder = sources.get(mark[1] as string);
  if (holder === undefined) return undefined;
  const comment: string = apply(native, holder, []);
  const source = JSON.parse(comment.slice(comment.indexOf('/*') + 2, comment.lastIndexOf('*/')));
  return source.slice(Number(mark[2]), Number(mark[3]));
}
