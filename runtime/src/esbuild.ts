/** The plugin for esbuild: `plugins: [greenlets()]`, with `format: 'esm'`, since modules wait. */

import type { Plugin } from 'esbuild';
import { type GreenletsOptions, plugin } from './plugins/plugin.ts';

export type { GreenletsOptions } from './plugins/plugin.ts';

/** @throws {Error} for an option that there is not, or a package.json that cannot be understood. */
export const greenlets: (options?: GreenletsOptions) => Plugin = plugin.esbuild;
