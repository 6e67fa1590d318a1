/** Where this package lies. */

/** The URL of the package's folder, with a slash at its end; this code runs in `dist/` or a folder in it. */
export const PACKAGE: URL = folderOf(import.meta.url);

function folderOf(url: string): URL {
  const at = Math.max(url.lastIndexOf('/dist/'), url.lastIndexOf('/src/'));
  return new URL(url.slice(0, at + 1));
}
