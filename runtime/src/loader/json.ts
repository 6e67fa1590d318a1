/** JSON that is imported as TypeScript allows it: without attributes, and by the names of its properties. */

/**
 * The module that a JSON file becomes: its value is the default export, its properties are exported by their names.
 *
 * @throws {SyntaxError} which names the file.
 */
export function jsonModule(text: string, filename: string): string {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const named = new SyntaxError(`${filename}: ${(error as Error).message}`);
    // Where in the loader it was noticed helps nobody.
    named.stack = `SyntaxError: ${named.message}`;
    throw named;
  }
  const lines = [`const value=JSON.parse(${JSON.stringify(json)});`, 'export{value as default};'];
  const names = isRecord(value) ? Object.keys(value).filter(isExportable) : [];
  for (const [index, name] of names.entries()) {
    const quoted = JSON.stringify(name);
    lines.push(`const $${index}=value[${quoted}];export{$${index} as ${quoted}};`);
  }
  return lines.join('\n');
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a module can export a name: it must not be the default's, nor have half a character. */
function isExportable(name: string): boolean {
  return name !== 'default' && !/\p{Surrogate}/u.test(name);
}
