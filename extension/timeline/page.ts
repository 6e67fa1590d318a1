/** The script of the timeline's page: shows the rows that it is sent, and tells what the user looks at. Runs in the page. */

import * as l10n from '@vscode/l10n';
import { useLanguage } from '../l10n/language.ts';
import type { FromPage, TimelineState, ToPage } from '../model/timeline/messages.ts';
import { make } from './details.ts';
import { TimelineView } from './timeline-view.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): TimelineState | undefined;
  setState(state: TimelineState): void;
};

const editor = acquireVsCodeApi();
let view: TimelineView | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => hear(data));
editor.postMessage({ kind: 'ready' });

function hear(message: ToPage): void {
  switch (message.kind) {
    case 'begin': {
      useLanguage(message.locale);
      document.documentElement.lang = message.locale;
      const state = editor.getState() ?? message.state ?? undefined;
      view = new TimelineView(state, message.isLive, (said) => {
        if (said.kind === 'state') editor.setState(said.state);
        editor.postMessage(said);
      });
      document.body.replaceChildren(view.element);
      view.resize();
      break;
    }
    case 'rows':
      view?.take(message.chunk, message.isLast);
      break;
    case 'clear':
      view?.clear();
      break;
    case 'ended':
      view?.say(l10n.t('The program has ended: this is its whole run.'));
      break;
    case 'problem': {
      const problem = make('p', message.text);
      problem.role = 'alert';
      document.body.replaceChildren(problem);
      break;
    }
    case 'select':
      view?.look(message.greenlet, message.seq);
      break;
  }
}
