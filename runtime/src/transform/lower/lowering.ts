/** One file on its way through the lowering: the writer, the names that it makes up, and what it needs. */

import { childrenOf, type Node } from '../node.ts';
import { SourceError } from '../parse.ts';
import type { Import } from '../unit.ts';
import { Writer } from '../writer.ts';
import type { LoweredImport } from './lower.ts';
import type { LanguageOptions } from './options.ts';

export type LoweringHandler = (lowering: Lowering, node: Node) => void;

export interface Comment {
  readonly type: 'CommentLine' | 'CommentBlock';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export class Lowering extends Writer {
  readonly code: string;
  readonly filename: string;
  readonly options: LanguageOptions;
  readonly comments: readonly Comment[];
  readonly helpers = new Map<Import, string>();
  readonly names = new Set<string>();
  readonly imports: LoweredImport[] = [];
  /** The names that anonymous classes get from where they stand. */
  readonly inferred = new Map<Node, string>();
  /** What `this` is called where it means a class that a decorator may have replaced. */
  self: string | undefined = undefined;
  private readonly handlers: Readonly<Record<string, LoweringHandler>>;
  private readonly prefixes = new Map<string, number>();

  constructor(
    code: string,
    filename: string,
    options: LanguageOptions,
    handlers: Readonly<Record<string, LoweringHandler>>,
    comments: readonly Comment[],
  ) {
    super(code);
    this.code = code;
    this.filename = filename;
    this.options = options;
    this.handlers = handlers;
    this.comments = comments;
  }

  /** Copies up to a node and writes it. Afterwards the cursor is at its end. */
  emit(node: Node): void {
    this.copyTo(node.start);
    const handler = Object.hasOwn(this.handlers, node.type) ? this.handlers[node.type] : undefined;
    if (handler !== undefined) handler(this, node);
    else this.emitChildren(node);
  }

  /** Writes a node as it stands, with its children. */
  emitChildren(node: Node): void {
    for (const child of childrenOf(node)) {
      if (child.start >= this.cursor) this.emit(child);
    }
    this.copyTo(node.end);
  }

  /** Writes a node that stands elsewhere, without moving the cursor. */
  emitAside(node: Node): void {
    const { cursor } = this;
    this.cursor = node.start;
    this.emit(node);
    this.cursor = cursor;
  }

  /** A name that the file does not contain. */
  fresh(prefix: string): string {
    for (;;) {
      const count = (this.prefixes.get(prefix) ?? 0) + 1;
      this.prefixes.set(prefix, count);
      const name = `${prefix}${count}`;
      if (this.code.includes(name)) continue;
      this.names.add(name);
      return name;
    }
  }

  /** The name of a helper that `greenlets/calls` exports. */
  helper(name: Import): string {
    let local = this.helpers.get(name);
    if (local === undefined) {
      local = this.fresh(name);
      this.helpers.set(name, local);
    }
    return local;
  }

  /** The name of what another module exports. Calling it may switch. */
  importOf(from: string, name: string): string {
    const known = this.imports.find((each) => each.from === from && each.name === name);
    if (known !== undefined) return known.local;
    const local = this.fresh(`$${name}`);
    this.names.delete(local);
    this.imports.push({ from, name, local });
    return local;
  }

  /** Runs `write` where `this` goes by another name, or, without one, is itself. */
  withSelf(self: string | undefined, write: () => void): void {
    const outer = this.self;
    this.self = self;
    write();
    this.self = outer;
  }

  error(message: string, node: Node): SourceError {
    return new SourceError(message, this.code, this.filename, node.start);
  }
}
