/** A greenlet's state in the user's language. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo } from '../../runtime/src/protocol/snapshot.ts';

/** The word for a state, as it is shown after a greenlet's name. */
export function stateWord(state: GreenletInfo['state']): string {
  switch (state) {
    case 'created':
      return l10n.t('created');
    case 'ready':
      return l10n.t('ready');
    case 'running':
      return l10n.t('running');
    case 'waiting':
      return l10n.t('waiting');
    case 'finished':
      return l10n.t('finished');
    case 'failed':
      return l10n.t('failed');
    case 'killed':
      return l10n.t('killed');
  }
}
