/** `require`: Node's own, with the program's files transformed. The same on every version of Node, whose hooks for it differ. */

import Module from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { noteRequired } from './hooks.ts';
import { outputOf } from './output.ts';
import { ownEntry } from './own-entry.ts';
import { isOwnCode } from './own-file.ts';
import { completedFile, explain, isFileLike, mappedFile } from './specifier.ts';

/** What Node's documentation leaves out, and loaders have always relied on. */
interface Internals {
  _resolveFilename(
    request: string,
    parent: NodeModule | undefined,
    isMain: boolean,
    options?: unknown,
  ): string;
  _extensions: Record<string, Handler>;
}

interface Loading extends NodeModule {
  _compile(code: string, filename: string, format: 'module' | 'commonjs'): void;
}

type Handler = (module: NodeModule, filename: string) => void;

/** Makes `require` transform the program's files, and find what TypeScript finds. */
export function patchRequire(): void {
  const internals = Module as unknown as Internals;
  const { _resolveFilename: native, _extensions: handlers } = internals;
  internals._resolveFilename = (request, parent, isMain, options) => {
    const from = parent?.filename ? pathToFileURL(parent.filename).href : undefined;
    const known = ownEntry(request, 'require') ?? mappedFile(request, from);
    if (known !== undefined) return native(fileURLToPath(known), parent, isMain, options);
    try {
      return native(request, parent, isMain, options);
    } catch (error) {
      const completed = parent?.filename ? sourceOf(request, parent.filename) : undefined;
      if (completed !== undefined) return native(completed, parent, isMain, options);
      throw explain(error, request, from);
    }
  };
  for (const extension of [...Object.keys(handlers), '.ts', '.tsx']) {
    if (!/^\.[cm]?[jt]sx?$/.test(extension)) continue;
    const handler = handlers[extension] ?? (handlers['.js'] as Handler);
    handlers[extension] = (module, filename) => {
      if (!isOwnCode(pathToFileURL(filename).href)) return handler(module, filename);
      compileInto(module as Loading, filename);
    };
  }
}

/** The path of the file that a path means as TypeScript has it. */
function sourceOf(request: string, parent: string): string | undefined {
  if (!isFileLike(request)) return undefined;
  const url = completedFile(pathToFileURL(resolve(dirname(parent), request)));
  return url && fileURLToPath(url);
}

function compileInto(module: Loading, filename: string): void {
  const url = pathToFileURL(filename).href;
  const { format, text } = outputOf(url, 'required');
  if (format === 'commonjs') {
    module._compile(text, filename, format);
    return;
  }
  const { require_module: possible } = process.features as { require_module?: boolean };
  if (possible !== true) throw requiredModule(filename, module);
  noteRequired(url);
  try {
    module._compile(text, filename, format);
  } catch (error) {
    const unknown = (error as { code?: unknown } | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    throw unknown ? requiredModule(filename, module) : error;
  }
}

/** Node 20 requires modules without asking its hooks, if at all: so they cannot import TypeScript. */
function requiredModule(filename: string, { parent }: NodeModule): Error {
  const by = parent?.filename ? ` from ${parent.filename}` : '';
  const error = new Error(
    `Node ${process.versions.node} cannot require the ES module ${filename}${by}: use import() or Node 22`,
  );
  return Object.assign(error, { code: 'ERR_REQUIRE_ESM' });
}
