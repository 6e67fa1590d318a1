/** The icons of greenlets and of what they wait for, in colors of the theme; they differ without colors, too. */

import * as vscode from 'vscode';
import type { GreenletInfo } from '../../runtime/src/protocol/snapshot.ts';
import { kindOfWait, type WaitKind } from '../model/wait-kind.ts';

/** How a greenlet stands out. */
export interface Standing {
  isPausedHere: boolean;
  /** Whether it is in a deadlock. */
  isStuck: boolean;
}

export function stateIcon(greenlet: GreenletInfo, { isPausedHere, isStuck }: Standing) {
  if (isPausedHere) {
    return icon('debug-stackframe', 'debugIcon.breakpointCurrentStackframeForeground');
  }
  if (isStuck) return icon('warning', 'list.errorForeground');
  if (greenlet.frozen) return icon('debug-pause', 'charts.blue');
  switch (greenlet.state) {
    case 'created':
      return icon('circle-outline');
    case 'ready':
      return icon('circle-filled', 'charts.green');
    case 'running':
      return icon('play', 'charts.green');
    case 'waiting':
      return waitIcon(greenlet.waitingOn === null ? 'other' : kindOfWait(greenlet.waitingOn));
    case 'finished':
      return icon('pass', 'disabledForeground');
    case 'failed':
      return icon('error', 'list.errorForeground');
    case 'killed':
      return icon('circle-slash', 'disabledForeground');
  }
}

/** An object's icon, by its class. */
export function objectIcon(type: string, isInCycle: boolean): vscode.ThemeIcon {
  const color = isInCycle ? 'list.errorForeground' : 'charts.yellow';
  const found = OBJECT_ICONS.find(([pattern]) => pattern.test(type));
  return icon(found?.[1] ?? 'symbol-object', color);
}

/** A codicon. */
export function icon(name: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

const OBJECT_ICONS: readonly (readonly [RegExp, string])[] = [
  [/Semaphore|Lock|Condition/, 'lock'],
  [/Queue|Channel/, 'inbox'],
  [/Event|AsyncResult|Promise/, 'bell'],
  [/Pool|Group/, 'layers'],
  [/Greenlet/, 'git-merge'],
  [/Socket|Server|Popen|Http/i, 'plug'],
];

function waitIcon(kind: WaitKind): vscode.ThemeIcon {
  switch (kind) {
    case 'turn':
    case 'time':
      return icon('watch', 'charts.yellow');
    case 'end':
    case 'death':
    case 'async':
      return icon('git-merge', 'charts.yellow');
    case 'item':
    case 'room':
    case 'done':
      return icon('inbox', 'charts.yellow');
    case 'lock':
      return icon('lock', 'charts.yellow');
    case 'event':
    case 'value':
    case 'promise':
      return icon('bell', 'charts.yellow');
    case 'io':
      return icon('plug', 'charts.yellow');
    case 'other':
      return icon('watch', 'charts.yellow');
  }
}
