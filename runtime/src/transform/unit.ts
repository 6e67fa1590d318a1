/** One file on its way through the transform: what is known of it, and what its parts add to its head. */

import { FORM_SUFFIX } from '../protocol/helpers.ts';
import { digestOf } from './digest.ts';
import type { Node } from './node.ts';
import type { Origin } from './origin.ts';
import { SourceError } from './parse.ts';
import type { Switching } from './prune.ts';
import { Lines } from './rope.ts';
import { type Fn, readsTarget, type Scopes } from './scope.ts';

/** How an ordinary function looks from outside: a `function` can be constructed, the others cannot. An `arrow` has a form bound to `this`. */
export type OrdinaryKind = 'function' | 'method' | 'arrow' | 'async' | 'async generator';

/** The names of helpers that are exported by `greenlets/calls`. */
export type Import =
  | '$call'
  | '$form'
  | '$prepare'
  | '$script'
  | '$suspend'
  | '$suspendTop'
  | '$resumeTop'
  | '$enterTop'
  | '$leaveTop'
  | '$sites'
  | '$link'
  | '$closure'
  | '$arrow'
  | '$lean'
  | '$name'
  | '$named'
  | '$keyed'
  | '$spread'
  | '$take'
  | '$list'
  | '$fields'
  | '$delegate'
  | '$delegateAsync'
  | '$base'
  | '$begin'
  | '$class'
  | '$derived'
  | '$new'
  | '$object'
  | '$key'
  | '$isPlain'
  | '$ordinaryTarget'
  | '$targets'
  | '$superArguments'
  | '$asyncGenerator'
  | '$linkAsyncGenerator'
  | '$started'
  | '$import'
  | '$disposables'
  | '$ordinary'
  | '$methods'
  | '$template'
  | '$bind'
  | '$exports'
  | '$generator'
  | '$async'
  | '$linkAsync'
  | '$iterate'
  | '$iterateAsync'
  | '$decorators'
  | '$legacyDecorators'
  | '$methodOf'
  | '$web'
  | '$source'
  | '$await';

/** What ties the two forms of an `async` function together. */
const LINKS = { async: '$linkAsync', 'async generator': '$linkAsyncGenerator' } as const;

const RESERVED =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await|eval|arguments)$/;

export class Unit {
  readonly code: string;
  readonly filename: string;
  readonly scopes: Scopes;
  readonly switching: Switching;
  /** Whether every call that may switch gives way once. */
  readonly inject: boolean;
  /** Where the text comes from, if constructs were lowered in it. */
  readonly origin: Origin | undefined;
  /** Whether imports stay that are used as types only: `verbatimModuleSyntax`. */
  keepsImports = false;
  /** The names that anonymous functions get from where they stand. */
  readonly inferred = new Map<Node, string>();
  /** What the head imports, by helper. */
  readonly imports = new Map<Import, string>();
  /** The makers of ordinary functions, by name, kind and length. */
  readonly makers = new Map<string, { name: string; text: string }>();
  readonly functions: string[] = [];
  readonly numbers: number[] = [];
  readonly callees: string[] = [];
  /** Where in the text each site stands. */
  readonly places: number[] = [];
  private readonly chosen = new Map<string, string>();
  private readonly functionIndex = new Map<string, number>();
  private readonly lines: Lines;
  private key: string | undefined = undefined;

  constructor(
    code: string,
    filename: string,
    scopes: Scopes,
    switching: Switching,
    inject: boolean,
    origin?: Origin,
  ) {
    this.code = code;
    this.origin = origin;
    this.filename = filename;
    this.scopes = scopes;
    this.switching = switching;
    this.inject = inject;
    this.lines = new Lines(origin?.source ?? code);
  }

  /** The name of a helper in this file: the usual one, or the same with a number where the file itself uses that. */
  helper(wanted: string): string {
    let name = this.chosen.get(wanted);
    if (name === undefined) {
      name = wanted;
      for (let count = 1; this.scopes.names.has(name); count++) name = `${wanted}${count}`;
      this.chosen.set(wanted, name);
    }
    return name;
  }

  /** What tells this file's source from others'; with it come marks. */
  textKey(): string {
    this.key ??= digestOf(this.filename + (this.origin?.source ?? this.code));
    return this.key;
  }

  /** Whether anything has a mark that leads to its text. */
  get hasMarks(): boolean {
    return this.key !== undefined;
  }

  /** Takes over the helpers that the lowered text calls. */
  adopt(helpers: ReadonlyMap<Import, string>): void {
    for (const [name, local] of helpers) {
      this.chosen.set(name, local);
      this.imports.set(name, local);
    }
  }

  /** The name of a helper that `greenlets/calls` exports; the head imports it. */
  call(name: Import): string {
    const local = this.helper(name);
    this.imports.set(name, local);
    return local;
  }

  /** The name of the generator form of a function. */
  formName(name: string): string {
    return this.helper(`${name}${FORM_SUFFIX}`);
  }

  /**
   * The name of a function that makes an ordinary function out of a generator form.
   */
  maker(fn: Fn, kind: OrdinaryKind, name: string, length: number, mark = ''): string {
    const once = fn.parent?.kind === 'module';
    const targets = readsTarget(fn);
    const key = `${kind} ${length} ${once} ${this.isStrictAlone(fn)} ${targets} ${mark} ${name}`;
    const known = this.makers.get(key);
    if (known !== undefined) return known.name;
    const maker = this.helper(`$f${this.makers.size + 1}`);
    const form = this.helper('$g');
    const ordinary = this.ordinaryText(fn, kind, name, length, mark);
    const text =
      kind === 'async' || kind === 'async generator'
        ? `${this.call(LINKS[kind])}(${ordinary},${form})`
        : `${this.call(once ? '$link' : kind === 'arrow' ? '$arrow' : '$closure')}(${ordinary},${this.knownForm(fn, form)})`;
    this.makers.set(key, { name: maker, text: `(${form})=>${text}` });
    return maker;
  }

  /** A form as it is given to its function: one that uses `new.target` is marked. */
  knownForm(fn: Fn, form: string): string {
    return readsTarget(fn) ? `${this.call('$targets')}(${form})` : form;
  }

  private ordinaryText(
    fn: Fn,
    kind: OrdinaryKind,
    name: string,
    length: number,
    mark: string,
  ): string {
    const quoted = JSON.stringify(name);
    const body = this.ordinaryBody(fn, name, this.helper('$g'), mark);
    const head = `(${parameters(length)})${body}`;
    // A computed key would make the closure ten times as slow to create.
    if (kind !== 'function') return `({${quoted}${head}})[${quoted}]`;
    if (isIdentifier(name)) return `function ${name}${head}`;
    return `({${name === '__proto__' ? `[${quoted}]` : quoted}:function${head}})[${quoted}]`;
  }

  /** Whether a function is in strict mode though its file is not: then its ordinary form has to say so, or `this` would be boxed. */
  private isStrictAlone(fn: Fn): boolean {
    return fn.strict && !this.scopes.module.strict;
  }

  /** The body of an ordinary function, in braces. */
  ordinaryBody(fn: Fn, name: string, form: string, mark = ''): string {
    const directive = this.isStrictAlone(fn) ? '"use strict";' : '';
    return `{${directive}return ${this.call(callOf(fn))}(${JSON.stringify(name)},${form},this,arguments${readsTarget(fn) ? ',new.target' : ''})${mark}}`;
  }

  /** An error at a place of this file. */
  error(message: string, at: number): SourceError {
    const { code, filename, origin } = this;
    return new SourceError(message, origin?.source ?? code, filename, origin?.near(at) ?? at);
  }

  /** Where in the source an offset of the text is; line and column are zero-based. */
  placeAt(offset: number): [line: number, column: number] {
    return this.lines.at(this.origin?.near(offset) ?? offset);
  }

  /**
   * A new call site.
   *
   * @param fn the name of the function around it.
   * @param at where it stands.
   * @returns the expression for its number.
   */
  site(fn: string, at: number, guarded: boolean, callee: string): string {
    const [line, column] = this.placeAt(at);
    let index = this.functionIndex.get(fn);
    if (index === undefined) {
      index = this.functions.push(fn) - 1;
      this.functionIndex.set(fn, index);
    }
    this.numbers.push(index, line + 1, column + 1, guarded ? 1 : 0);
    this.callees.push(callee);
    this.places.push(at);
    const number = this.callees.length - 1;
    return number === 0 ? this.helper('$s') : `${this.helper('$s')}+${number}`;
  }
}

/** What an ordinary form calls. */
function callOf(
  fn: Fn,
): '$ordinary' | '$ordinaryTarget' | '$async' | '$asyncGenerator' | '$started' {
  const { async, generator } = fn;
  if (readsTarget(fn)) return '$ordinaryTarget';
  if (async) return generator ? '$asyncGenerator' : '$async';
  return generator ? '$started' : '$ordinary';
}

/** A list of so many parameters. */
export function parameters(length: number): string {
  return Array.from({ length }, (_, index) => `$${index}`).join(',');
}

/** Whether a text can be the name of a binding. */
export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text) && !RESERVED.test(text);
}
