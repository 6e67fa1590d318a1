/** Finding tokens in the source text. */

/** The offset of a token, past comments. */
export function indexOfToken(code: string, token: string, from: number): number {
  let at = from;
  while (at < code.length && !code.startsWith(token, at)) {
    if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 2;
    else if (code.startsWith('//', at)) at = code.indexOf('\n', at) + 1;
    else at++;
  }
  return at;
}
