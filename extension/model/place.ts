/** Places in words, short enough for a row. */

/** `main.ts:12` for an absolute path of either kind, `''` where there is no place. */
export function placeText(path: string, line: number): string {
  return path === '' ? '' : `${fileName(path)}:${line}`;
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
