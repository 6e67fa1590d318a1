/**
 * What the user looks at: one greenlet of one session. Every view, the marks in the source and the timeline set it and follow it, so
 * a click in one of them is seen in all. It also follows the editor's Call Stack, and with it every stop.
 */

import * as vscode from 'vscode';

/** A greenlet that is looked at; also the argument of the commands about one greenlet, such as `greenlets.showInTimeline`. */
export interface Selected {
  session: vscode.DebugSession;
  /** Its id; never 0, the hub. */
  greenlet: number;
  /** Where one switch is looked at: its `seq`. */
  seq?: number;
  /** Where one switch is looked at: the id at its other end, which is marked, too. */
  peer?: number;
}

export class Selection implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Selected | undefined>();
  /** Another greenlet (or switch) is looked at, or none any more. */
  readonly onDidChange: vscode.Event<Selected | undefined> = this.#changed.event;

  readonly #subscription: vscode.Disposable;
  #current: Selected | undefined;

  constructor() {
    this.#subscription = vscode.debug.onDidChangeActiveStackItem((item) => {
      // While a program runs there is no item; what was looked at still is.
      const id = item?.threadId;
      if (item !== undefined && id !== undefined && id > 0 && item.session.type === 'greenlet') {
        this.select({ session: item.session, greenlet: id });
      }
    });
  }

  /** Stays after the session's end, since the views keep its last state; undefined before the first choice. */
  get current(): Selected | undefined {
    return this.#current;
  }

  /** Looks at a greenlet; listeners hear it only where that is another one, or another switch. */
  select(wanted: Selected | undefined): void {
    if (isSame(this.#current, wanted)) return;
    this.#current = wanted;
    this.#changed.fire(wanted);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function isSame(a: Selected | undefined, b: Selected | undefined): boolean {
  return (
    a?.session === b?.session &&
    a?.greenlet === b?.greenlet &&
    a?.seq === b?.seq &&
    a?.peer === b?.peer
  );
}
