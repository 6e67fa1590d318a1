/** Finding tokens in the source text. */

/** The offset of a token, past comments. */
export function indexOfToken(code: string, token: string, from: number): number {
  let at = from;
  while (at < code.length && !code.startsWith(token, at)) {
    if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 2;
    else if (code.startsWith('//', at)) at = endOfLine(code, at);
    else at++;
  }
  return at;
}

function endOfLine(code: string, from: number): number {
  LINE_BREAK.lastIndex = from;
  return LINE_BREAK.test(code) ? LINE_BREAK.lastIndex : code.length;
}

const LINE_BREAK = /[\n\r\u2028\u2029]/g;

/** A script's text with `//` in place of `<!--` and `-->`: the latter begins a comment only where nothing stands before it. */
export function withPlainComments(
  code: string,
  comments: readonly { type: string; start: number }[],
): string {
  let text = code;
  for (const { type, start } of comments) {
    const mark = type === 'CommentLine' ? /^(?:<!--|-->)/.exec(code.slice(start, start + 4)) : null;
    if (mark === null) continue;
    const [{ length }] = mark;
    text = text.slice(0, start) + '//'.padEnd(length) + text.slice(start + length);
  }
  return text;
}
