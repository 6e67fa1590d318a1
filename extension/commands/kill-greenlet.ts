/** Command `greenlets.kill`: kills the greenlet of a row. */

import * as vscode from 'vscode';
import type { TreeNode } from '../model/greenlet-tree.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';

/** Asks the debuggee to throw `GreenletExit` into the greenlet; does not wait for its end. */
export async function killGreenlet(feeds: SessionFeeds, node: TreeNode): Promise<void> {
  const feed = feeds.shown;
  if (feed === undefined || node.kind !== 'greenlet') return;
  try {
    await feed.session.customRequest('greenlet/kill', { id: node.id });
    feed.refresh();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const label = feed.greenlets.label(node.id);
    void vscode.window.showErrorMessage(`Cannot kill ${label}: ${reason}`);
  }
}
