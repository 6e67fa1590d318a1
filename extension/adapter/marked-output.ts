/**
 * Takes what the program tells out of what it prints: lines that begin with a mark nobody else knows. So log points keep their order
 * with the program's own output.
 */

import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '../../runtime/src/protocol/bridge.ts';

export class MarkedOutput {
  private readonly mark: string;
  private readonly print: (text: string) => void;
  private readonly tell: (line: LogLine) => void;
  private readonly decoder = new StringDecoder('utf8');
  /** The beginning of a mark, or of a line after one. */
  private held = '';

  /**
   * @param mark what precedes a told line; it ends at the end of the line.
   * @param print gets what is printed.
   * @param tell gets what is told.
   */
  constructor(mark: string, print: (text: string) => void, tell: (line: LogLine) => void) {
    this.mark = mark;
    this.print = print;
    this.tell = tell;
  }

  take(data: Buffer): void {
    let rest = this.held + this.decoder.write(data);
    this.held = '';
    for (let at = rest.indexOf(this.mark); at >= 0; at = rest.indexOf(this.mark)) {
      this.pass(rest.slice(0, at));
      const end = rest.indexOf('\n', at);
      if (end < 0) {
        this.held = rest.slice(at);
        return;
      }
      this.tell(JSON.parse(rest.slice(at + this.mark.length, end)));
      rest = rest.slice(end + 1);
    }
    const begun = this.begunMark(rest);
    this.held = rest.slice(rest.length - begun);
    this.pass(rest.slice(0, rest.length - begun));
  }

  /** There is no more output. */
  end(): void {
    this.pass(this.held + this.decoder.end());
    this.held = '';
  }

  /** How much of a mark the text ends with. */
  private begunMark(text: string): number {
    const [first = ''] = this.mark;
    for (let at = text.indexOf(first, Math.max(0, text.length - this.mark.length)); at >= 0; ) {
      if (this.mark.startsWith(text.slice(at))) return text.length - at;
      at = text.indexOf(first, at + 1);
    }
    return 0;
  }

  private pass(text: string): void {
    if (text !== '') this.print(text);
  }
}
