/** What the menus of a row know of its greenlet: words that `when` clauses look for. */

import type { GreenletInfo } from '../../runtime/src/protocol/snapshot.ts';
import { isOver } from '../model/state-text.ts';
import type { SessionFeed } from './session-feed.ts';

/** `greenlet alive ready`: `alive` only while something can be done to it; `frozen`; `placed` where it has a line. */
export function greenletContext(
  { state, frozen, location }: GreenletInfo,
  feed: SessionFeed,
): string {
  const words = ['greenlet'];
  if (!isOver(state) && !feed.isOver) words.push('alive', frozen ? 'frozen' : 'free');
  if (state === 'ready' && !frozen) words.push('ready');
  if (location !== null) words.push('placed');
  return words.join(' ');
}
