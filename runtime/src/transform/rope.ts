/**
 * The output of the transform: a rope of slices of the source and of inserted texts.
 *
 * Slices keep their text and their lines; inserted texts have no line breaks. So every line stays where it was, and the source
 * map only has to say what moved inside its line.
 */

import type { EncodedSourceMap } from '@jridgewell/gen-mapping';
import { Mappings } from './mappings.ts';
import type { Origin } from './origin.ts';

interface Piece {
  text: string;
  /** The offset in the source: of the text itself, or of what an inserted text stands for; -1 for none. */
  at: number;
  /** Whether the text is a slice of the source. */
  slice: boolean;
  /** The name of the function that begins here, for stack traces. */
  name: string | undefined;
}

/** A place in the rope whose text is known only later. */
export interface Slot {
  text: string;
}

/** A source map, version 3. */
export type SourceMap = EncodedSourceMap;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;
/** What a breakpoint, a frame or an error can name begins at one of these. */
const TOKEN = /[\p{ID_Start}$_#@\d"'`][\p{ID_Continue}$\u200c\u200d]*|[^\s\p{ID_Continue}]/gu;

/** A slice that ends with a word after which an expression may begin without white space. */
const KEYWORD_AT_END =
  /(?<![\w$.])(?:await|case|default|delete|do|else|extends|in|instanceof|new|of|return|throw|typeof|void|yield)$/;

export class Rope {
  private readonly source: string;
  private readonly origin: Origin | undefined;
  private pieces: Piece[] = [];
  /** How often something else than the source was written. */
  changes = 0;

  constructor(source: string, origin?: Origin) {
    this.source = source;
    this.origin = origin;
  }

  /** Appends the source from `start` to `end`. */
  slice(start: number, end: number): void {
    if (start >= end) return;
    this.pieces.push({
      text: this.source.slice(start, end),
      at: start,
      slice: true,
      name: undefined,
    });
  }

  /** Appends white space with the line breaks of the source from `start` to `end`. */
  blank(start: number, end: number): void {
    if (start >= end) return;
    this.changes++;
    const text = this.source.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, ' ');
    this.pieces.push({ text, at: -1, slice: false, name: undefined });
  }

  /**
   * Appends a text that is not in the source.
   *
   * @param at the offset of what it stands for, for the source map.
   * @param name the function that begins here.
   */
  insert(text: string, at = -1, name?: string): void {
    const before = this.pieces.at(-1);
    // Minified code has `return()=>1`.
    if (before?.slice && /^[\w$]/.test(text) && KEYWORD_AT_END.test(before.text))
      this.pieces.push({ text: ' ', at: -1, slice: false, name: undefined });
    if (text !== '') this.changes++;
    this.pieces.push({ text, at, slice: false, name });
  }

  /** Appends a text that will be known later. */
  slot(): Slot {
    const piece: Piece = { text: '', at: -1, slice: false, name: undefined };
    this.pieces.push(piece);
    return piece;
  }

  /** What `write` appends is returned instead, and can be put somewhere with `append`. */
  capture(write: () => void): Piece[] {
    const { pieces } = this;
    const captured: Piece[] = [];
    this.pieces = captured;
    try {
      write();
    } finally {
      this.pieces = pieces;
    }
    return captured;
  }

  append(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.pieces.push(piece);
  }

  /** The whole text. */
  toString(): string {
    return this.pieces.map((piece) => piece.text).join('');
  }

  /** The map from the text to the source: every token of the source maps to itself. */
  map(filename: string): SourceMap {
    const { origin } = this;
    const map = new Mappings();
    const source = origin?.source ?? this.source;
    const original = new Lines(source);
    let line = 0;
    let column = 0;
    const add = (ahead: number, at: number, name?: string) => {
      const from = origin === undefined ? at : origin.at(at);
      if (from >= 0) map.add(line, column + ahead, ...original.at(from), name);
    };
    for (const { text, at, slice, name } of this.pieces) {
      if (at >= 0 && !slice) add(0, at, name);
      let start = 0;
      for (const lineBreak of [...text.matchAll(LINE_BREAK), undefined]) {
        const part =
          lineBreak === undefined ? text.slice(start) : text.slice(start, lineBreak.index);
        if (slice)
          for (const token of part.matchAll(TOKEN)) add(token.index, at + start + token.index);
        if (lineBreak === undefined) {
          column += part.length;
        } else {
          start = lineBreak.index + lineBreak[0].length;
          line++;
          column = 0;
        }
      }
    }
    return {
      version: 3,
      file: filename,
      names: map.names,
      sources: [filename],
      sourcesContent: [source],
      mappings: map.toString(),
    };
  }

  /** The way back from the whole text to the source. */
  toOrigin(): Origin {
    const starts: number[] = [];
    const pieces: Piece[] = [];
    let length = 0;
    for (const piece of this.pieces) {
      if (piece.text === '') continue;
      starts.push(length);
      pieces.push(piece);
      length += piece.text.length;
    }
    const indexOf = (offset: number) => {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    };
    const within = (index: number, offset: number) => {
      const piece = pieces[index];
      if (piece === undefined) return -1;
      const ahead = Math.min(offset - (starts[index] as number), piece.text.length);
      if (piece.slice) return piece.at + ahead;
      return ahead === 0 ? piece.at : -1;
    };
    return {
      source: this.source,
      at: (offset) => within(indexOf(offset), offset),
      near(offset) {
        const index = indexOf(offset);
        const exact = within(index, offset);
        if (exact >= 0) return exact;
        const piece = pieces.slice(0, index + 1).findLast((each) => each.at >= 0);
        if (piece === undefined) return 0;
        return piece.slice ? piece.at + piece.text.length - 1 : piece.at;
      },
    };
  }
}

/** Offsets to zero-based lines and columns; asked mostly in order. */
export class Lines {
  private readonly starts: number[] = [0];
  private last = 0;

  constructor(source: string) {
    for (const match of source.matchAll(LINE_BREAK))
      this.starts.push(match.index + match[0].length);
  }

  at(offset: number): [line: number, column: number] {
    const { starts } = this;
    let line = this.last;
    if ((starts[line] as number) > offset) line = 0;
    while (line + 1 < starts.length && (starts[line + 1] as number) <= offset) {
      const far = line + 64;
      line = far < starts.length && (starts[far] as number) <= offset ? far : line + 1;
    }
    this.last = line;
    return [line, offset - (starts[line] as number)];
  }
}
