/** What the extension host calls to measure how long the extension takes to become active: its code loaded, and wired up. */

import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { report } from './report.ts';

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('greenlets.greenlet-debugger');
  if (extension === undefined) throw new Error('The extension is not installed.');
  // The editor's own extensions start at the same time.
  await setTimeout(3000);
  if (extension.isActive) throw new Error('The extension is active before anything needs it.');
  const begin = performance.now();
  await extension.activate();
  report({ milliseconds: performance.now() - begin });
}
