/** How long something took, short enough for a row. */

import * as l10n from '@vscode/l10n';

/** `12 µs`, `3.4 ms`, `1.25 s`, `2 min 5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 1e-3) return l10n.t('{0} µs', Math.round(seconds * 1e6));
  if (seconds < 1) return l10n.t('{0} ms', short(seconds * 1e3));
  if (seconds < 60) return l10n.t('{0} s', short(seconds));
  return l10n.t('{0} min {1} s', Math.floor(seconds / 60), Math.floor(seconds % 60));
}

/** Three digits are enough. */
function short(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)));
}
