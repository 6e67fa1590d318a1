/** V8's stack traces as places, without the runtime's own frames. */

import type { Place } from './sites.ts';

/** What V8 has written a stack into. */
export interface Trace {
  stack?: string;
}

/** `at name (file:///path:1:2)`, `at async name (/path:1:2)`, `at /path:1:2`. */
const FRAME =
  /^\s*at (?:async )?(?:(?<name>.+?) \()?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/;

/** The folder of the runtime's own code; its frames are left out. */
let ownFolder: string | undefined;

/** Tells which folder (path or file URL, with a slash at its end) holds the runtime's own code. */
export function setOwnFolder(folder: string): void {
  ownFolder = pathOf(folder);
}

/**
 * The places of an error's stack, innermost first.
 *
 * @param entry a function of the runtime's; the ordinary form that has called it is left out, too.
 */
export function placesOfStack(error: Trace | undefined, entry?: string): Place[] {
  const places: Place[] = [];
  let isEntry = false;
  for (const text of error?.stack?.split('\n') ?? []) {
    const groups = FRAME.exec(text)?.groups;
    if (groups === undefined) continue;
    const isCaller = isEntry;
    isEntry = entry !== undefined && groups.name === entry;
    const path = pathOf(groups.file as string);
    if (isCaller || path.startsWith('node:') || isOwnFile(path)) continue;
    places.push({
      path,
      line: Number(groups.line),
      column: Number(groups.column),
      function: groups.name?.replace(/^new /, '') ?? '<module>',
      guarded: false,
    });
  }
  return places;
}

/** The path in a line of a stack; undefined where there is none. */
export function pathOfFrame(line: string): string | undefined {
  const file = FRAME.exec(line)?.groups?.file;
  return file === undefined ? undefined : pathOf(file);
}

/** Whether a path is that of the runtime's own code. */
export function isOwnFile(path: string): boolean {
  return ownFolder !== undefined && path.startsWith(ownFolder);
}

/** The path of a file, which V8 gives as a path or as a URL. */
export function pathOf(file: string): string {
  return file.startsWith('file://') ? decodeURI(file.slice('file://'.length)) : file;
}
