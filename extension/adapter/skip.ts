/** `skipFiles`: files whose frames are hidden and never stopped in. */

import { pathToFileURL } from 'node:url';

const NODE_INTERNALS = '<node_internals>/**';

/** The patterns as V8 wants them, and as a check of a script's URL. Node's own files are always skipped. */
export function skipper(globs: readonly string[]): {
  patterns: string[];
  skips(url: string): boolean;
} {
  const own = globs.filter((glob) => glob !== NODE_INTERNALS);
  const patterns = ['^node:', ...own.map(patternOf)];
  const expressions = patterns.map((pattern) => new RegExp(pattern));
  return { patterns, skips: (url) => expressions.some((each) => each.test(url)) };
}

/** A glob over paths as a regular expression over file URLs: `**` crosses folders, `*` and `?` do not. */
function patternOf(glob: string): string {
  const anchored = glob.startsWith('/') ? pathToFileURL(glob).href : glob;
  const body = anchored
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, (wild) =>
      wild.startsWith('**') ? '.*' : wild === '*' ? '[^/]*' : '[^/]',
    );
  return glob.startsWith('/') ? `^${body}$` : `(^|/)${body}$`;
}
