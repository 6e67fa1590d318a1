/**
 * The `mappings` of a source map with one source. They are asked for in the order of the output, so that they can be written as
 * text at once, which takes a fraction of the time of collecting them.
 */

export class Mappings {
  /** The names that segments have, each once. */
  readonly names: string[] = [];
  private readonly indexes = new Map<string, number>();
  private text = '';
  /** How many line breaks of the output wait for the next segment. */
  private line = 0;
  private hasSegment = false;
  private column = 0;
  private sourceLine = 0;
  private sourceColumn = 0;
  /** The name of the last segment; -1 for none. */
  private name = -1;
  private lastName = 0;

  /** What stands at this place of the output comes from that place of the source; all are zero-based. */
  add(line: number, column: number, sourceLine: number, sourceColumn: number, name?: string): void {
    const index = name === undefined ? -1 : this.indexOf(name);
    if (line > this.line) {
      this.text += ';'.repeat(line - this.line);
      this.line = line;
      this.column = 0;
      this.hasSegment = false;
    } else if (this.hasSegment) {
      const same = sourceLine === this.sourceLine && sourceColumn === this.sourceColumn;
      if (same && index === this.name) return;
      this.text += ',';
    }
    this.text += digits(column - this.column);
    this.text += 'A';
    this.text += digits(sourceLine - this.sourceLine);
    this.text += digits(sourceColumn - this.sourceColumn);
    if (index >= 0) {
      this.text += digits(index - this.lastName);
      this.lastName = index;
    }
    this.hasSegment = true;
    this.column = column;
    this.sourceLine = sourceLine;
    this.sourceColumn = sourceColumn;
    this.name = index;
  }

  toString(): string {
    return this.text;
  }

  private indexOf(name: string): number {
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.indexes.set(name, index);
    }
    return index;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A number in base 64 with variable length: the sign in the lowest bit, five bits a digit, the lowest first. */
function digits(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  while (rest > 31) {
    text += ALPHABET[(rest & 31) | 32];
    rest >>>= 5;
  }
  return text + ALPHABET[rest];
}
