/** The transform as a plugin of bundlers and development servers, for programs that run in Node. */

import { realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createUnplugin, type UnpluginInstance } from 'unplugin';
import { formatOf } from '../loader/format.ts';
import { ownEntry } from '../loader/own-entry.ts';
import { isOwnCode } from '../loader/own-file.ts';
import { packageType } from '../loader/package-type.ts';
import { listedPackages, listPackages, patternOf } from '../loader/project.ts';
import { languageFor } from '../loader/tsconfig.ts';
import { type Loading, transform } from '../transform.ts';

export interface GreenletsOptions {
  /** The packages of `node_modules` that are transformed like the program, besides those that the project's package.json lists. */
  transform?: readonly string[];
}

/** What Rollup and its kin tell a hook. */
interface Context {
  getModuleInfo?(id: string): { isEntry: boolean } | null;
}

/**
 * The plugin for all bundlers.
 *
 * @throws {Error} for an option that there is not, or a package.json that cannot be understood.
 */
export const plugin: UnpluginInstance<GreenletsOptions | undefined, false> = createUnplugin<
  GreenletsOptions | undefined
>((options = {}) => {
  checkOptions(options);
  const packages = [...listedPackages(process.cwd(), process.env), ...(options.transform ?? [])];
  listPackages(packages);
  const entries = new Set<string>();
  let isServer = false;
  return {
    name: 'greenlets',
    enforce: 'pre',
    transformInclude: (id) => pathOf(id) !== undefined,
    transform(code, id) {
      const path = pathOf(id);
      if (path === undefined) return undefined;
      if (isServer) return transformed(code, path, 'host');
      const { isEntry = entries.has(path) } = (this as Context).getModuleInfo?.(id) ?? {};
      return transformed(code, path, isEntry ? 'bundle-entry' : 'bundle');
    },
    vite: {
      // Otherwise Vite and Vitest have Node load the packages.
      config: () => {
        const patterns = packages.map(patternOf);
        const noExternal = patterns.map((each) => new RegExp(`^${each}(?:/|$)`));
        const inline = patterns.map((each) => new RegExp(`/node_modules/${each}/`));
        return { ssr: { noExternal }, test: { server: { deps: { inline } } } } as object;
      },
      configResolved({ command }) {
        isServer = command === 'serve';
      },
      // The program of a server is in its process, and so has its runtime: it must be the one that Node loads.
      resolveId(specifier) {
        const url = isServer ? ownEntry(specifier, 'import') : undefined;
        return url && { id: fileURLToPath(url), external: true };
      },
    },
    esbuild: {
      onLoadFilter: CODE,
      loader: (_code, id) => (/x$/.test(id) ? 'jsx' : 'js'),
      setup(build) {
        build.onResolve({ filter: /.*/ }, async ({ kind, path, pluginData, ...rest }) => {
          if (kind !== 'entry-point' || pluginData === ASKED) return undefined;
          const { resolveDir, namespace } = rest;
          const asked = { kind, resolveDir, namespace, pluginData: ASKED };
          const { path: found } = await build.resolve(path, asked);
          entries.add(found);
          return undefined;
        });
      },
    },
  };
});

const CODE = /\.[cm]?[jt]sx?$/;
/** Marks our own question to esbuild, which comes back to us. */
const ASKED = Symbol('asked');

function transformed(code: string, filename: string, loading: Loading) {
  const format = formatOf({ filename, code, type: packageType(filename) });
  const { code: output, map } = transform(code, {
    filename,
    loading,
    format: format === 'module' ? format : 'script',
    language: languageFor(filename),
  });
  return { code: output, map: JSON.stringify(map) };
}

/** The file that an id of a bundler stands for, if it goes through the transform; ids may have a query, or be no file. */
function pathOf(id: string): string | undefined {
  if (id.startsWith('\0')) return undefined;
  const [path = ''] = id.split(/[?#]/);
  if (!CODE.test(path)) return undefined;
  try {
    const real = realpathSync(path);
    return isOwnCode(pathToFileURL(real).href) ? real : undefined;
  } catch {
    // A module that some other plugin has made up.
    return undefined;
  }
}

function checkOptions(options: object): void {
  const unknown = Object.keys(options).find((name) => name !== 'transform');
  if (unknown !== undefined)
    throw new Error(`greenlets: there is no option "${unknown}"; there is "transform"`);
  const { transform: list = [] } = options as { transform?: unknown };
  if (!Array.isArray(list) || list.some((name) => typeof name !== 'string'))
    throw new Error('greenlets: "transform" has to be a list of names of packages');
}
