/** The plugin for Vite and Vitest: `plugins: [greenlets()]`. A test's body is a greenlet. */

import type { Plugin } from 'vite';
import { type GreenletsOptions, plugin } from './plugins/plugin.ts';

export type { GreenletsOptions } from './plugins/plugin.ts';

/** @throws {Error} for an option that there is not, or a package.json that cannot be understood. */
export const greenlets: (options?: GreenletsOptions) => Plugin = plugin.vite as never;
