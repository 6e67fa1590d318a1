/** Node's hooks for modules: in the program's own thread where Node can do that, else in one of their own. */

import { readFileSync } from 'node:fs';
import type {
  LoadFnOutput,
  LoadHook,
  LoadHookContext,
  ResolveFnOutput,
  ResolveHook,
  ResolveHookContext,
} from 'node:module';
import { fileURLToPath } from 'node:url';
import { jsonModule } from './json.ts';
import { outputOf, type Role } from './output.ts';
import { ownEntry } from './own-entry.ts';
import { isOwnCode } from './own-file.ts';
import { completedFile, explain, isFile, isFileLike, mappedFile } from './specifier.ts';

/** The hook `resolve` for a thread of its own. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const own = ownFile(specifier);
  if (own !== undefined) return own;
  try {
    return noted(await next(rewritten(specifier, context.parentURL), context), context);
  } catch (error) {
    throw explain(error, specifier, context.parentURL);
  }
};

/** The hook `load` for a thread of its own. */
export const load: LoadHook = async (url, context, next) =>
  loaded(url, context) ?? next(url, context);

/** The hook `resolve` for the program's own thread. What is required is the matter of `require.ts`. */
export function resolveSync(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => ResolveFnOutput,
): ResolveFnOutput {
  if (isRequire(context)) return next(specifier, context);
  const own = ownFile(specifier);
  if (own !== undefined) return own;
  try {
    return noted(next(rewritten(specifier, context.parentURL), context), context);
  } catch (error) {
    throw explain(error, specifier, context.parentURL);
  }
}

/** The hook `load` for the program's own thread. */
export function loadSync(
  url: string,
  context: LoadHookContext,
  next: (url: string, context: LoadHookContext) => LoadFnOutput,
): LoadFnOutput {
  return (isRequire(context) ? undefined : loaded(url, context)) ?? next(url, context);
}

/** The module of this package that a specifier means. */
function ownFile(specifier: string): ResolveFnOutput | undefined {
  const url = ownEntry(specifier, 'import');
  return url === undefined ? undefined : { url, format: 'module', shortCircuit: true };
}

/** What Node is asked for in place of a specifier. */
function rewritten(specifier: string, parent: string | undefined): string {
  const mapped = mappedFile(specifier, parent);
  if (mapped !== undefined) return mapped;
  if (!isFileLike(specifier) || (parent === undefined && !specifier.startsWith('file:')))
    return specifier;
  const url = new URL(specifier, parent);
  if (url.protocol !== 'file:' || isFile(url)) return specifier;
  return completedFile(url) ?? specifier;
}

/** The URL of the program's entry, which nothing imports. */
let entry: string | undefined;
/** The modules that are part of a `require`, which cannot wait for them. */
const required = new Set<string>();

/** A module that `require` loads, with all that it imports. */
export function noteRequired(url: string): void {
  required.add(url);
}

function noted(resolved: ResolveFnOutput, { parentURL }: ResolveHookContext): ResolveFnOutput {
  if (parentURL === undefined) entry ??= resolved.url;
  else if (required.has(parentURL)) required.add(resolved.url);
  return resolved;
}

/** What a module is made of: the program's own code, or JSON that is imported like it; undefined for all else. */
function loaded(url: string, context: LoadHookContext): LoadFnOutput | undefined {
  if (isPlainJson(url, context)) {
    const path = fileURLToPath(url);
    const source = jsonModule(readFileSync(path, 'utf8'), path);
    return { format: 'module', source, shortCircuit: true };
  }
  if (!isOwnCode(url)) return undefined;
  const { format, text } = outputOf(url, roleOf(url));
  // Without a text Node loads it by `require`, whose part is in `require.ts`.
  const source = format === 'module' ? text : null;
  return { format, source: source as string, shortCircuit: true };
}

function roleOf(url: string): Role {
  if (url === entry) return 'entry';
  return required.has(url) ? 'required' : 'imported';
}

/** Whether a JSON file is imported without saying that it is one. */
function isPlainJson(url: string, { importAttributes }: LoadHookContext): boolean {
  if (!url.startsWith('file:') || importAttributes?.type !== undefined) return false;
  return new URL(url).pathname.endsWith('.json');
}

function isRequire({ conditions = [] }: { conditions?: readonly string[] }): boolean {
  return conditions.includes('require');
}
