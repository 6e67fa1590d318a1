/** What the editor's TypeScript server loads from the extension's `node_modules`, the only place where it looks for plugins. */

import { join } from 'node:path';
import { type PluginModule, typescriptPlugin } from './typescript/plugin.ts';

/** Called by the server, once. */
export function init(): PluginModule {
  return typescriptPlugin(join(__dirname, '../../runtime'));
}
