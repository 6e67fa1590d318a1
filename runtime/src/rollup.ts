/** The plugin for Rollup and Rolldown: `plugins: [greenlets()]`, with the output format `es`, since modules wait. */

import type { Plugin } from 'rollup';
import { type GreenletsOptions, plugin } from './plugins/plugin.ts';

export type { GreenletsOptions } from './plugins/plugin.ts';

/** @throws {Error} for an option that there is not, or a package.json that cannot be understood. */
export const greenlets: (options?: GreenletsOptions) => Plugin = plugin.rollup as never;
