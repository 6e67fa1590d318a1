/**
 * A plugin of the editor's TypeScript server: `greenlets` and its entries mean the types that this extension brings, in projects that
 * have not installed the package. Where a project has, nothing is changed: its own resolution comes first.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package whose types are brought. */
const PACKAGE = 'greenlets';

/** As much of the server as is used here; its types come with an editor, not with a package. */
export interface PluginModule {
  create(info: PluginInfo): object;
}

/** One project of the server. */
export interface PluginInfo {
  languageService: object;
  languageServiceHost: ResolvingHost;
}

/** What resolves the imports of one file, in their order. Further arguments are handed on. */
export interface ResolvingHost {
  resolveModuleNameLiterals?(
    literals: readonly { text: string }[],
    containingFile: string,
    ...rest: unknown[]
  ): readonly Resolution[];
}

/** Where a module was found: undefined, where it was not. */
export interface Resolution {
  resolvedModule?:
    | {
        resolvedFileName: string;
        extension: string;
        isExternalLibraryImport?: boolean;
        resolvedUsingTsExtension?: boolean;
      }
    | undefined;
}

/**
 * Makes the plugin.
 *
 * @param runtime the folder of the package `greenlets` that is brought.
 */
export function typescriptPlugin(runtime: string): PluginModule {
  const types = typesOf(runtime);
  return {
    create({ languageService, languageServiceHost: host }) {
      const resolve = host.resolveModuleNameLiterals?.bind(host);
      // Servers before TypeScript 5.0 have no such method; they go without.
      if (resolve !== undefined) {
        host.resolveModuleNameLiterals = (literals, containingFile, ...rest) =>
          resolve(literals, containingFile, ...rest).map((found, index) =>
            found.resolvedModule === undefined ? (types(literals[index]?.text) ?? found) : found,
          );
      }
      return languageService;
    },
  };
}

/** Finds the types of an entry as the package's own manifest names them; other specifiers have none. */
function typesOf(runtime: string): (specifier: string | undefined) => Resolution | undefined {
  const manifest = readFileSync(join(runtime, 'package.json'), 'utf8');
  const entries: Record<string, { types?: string }> = JSON.parse(manifest).exports;
  return (specifier) => {
    if (specifier !== PACKAGE && !specifier?.startsWith(`${PACKAGE}/`)) return undefined;
    const types = entries[`.${specifier.slice(PACKAGE.length)}`]?.types;
    if (types === undefined) return undefined;
    // The server writes paths with `/`, on Windows, too.
    const resolvedFileName = join(runtime, types).replaceAll('\\', '/');
    return {
      resolvedModule: {
        resolvedFileName,
        extension: '.d.ts',
        isExternalLibraryImport: true,
        resolvedUsingTsExtension: false,
      },
    };
  };
}
