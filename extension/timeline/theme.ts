/** The editor's colors, as its style sheet has them. */

import type { Colors } from '../model/timeline/svg.ts';

/** Reads them; they change with the theme. In high contrast, boxes are told apart by their patterns and outlines. */
export function readColors(): Colors {
  const style = getComputedStyle(document.documentElement);
  const color = (fallback: string, ...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return fallback;
  };
  const foreground = color('#cccccc', 'editor-foreground', 'foreground');
  return {
    background: color('#1e1e1e', 'editor-background'),
    foreground,
    dim: color('#999999', 'descriptionForeground', 'foreground'),
    line: color('#444444', 'editorIndentGuide-background1', 'panel-border', 'contrastBorder'),
    selected: color('#3794ff', 'focusBorder', 'contrastActiveBorder'),
    states: {
      running: color('#89d185', 'charts-green'),
      ready: color('#cca700', 'charts-yellow'),
      time: color('#3794ff', 'charts-blue'),
      event: color('#b180d7', 'charts-purple'),
      queue: color('#d18616', 'charts-orange'),
      lock: color('#f14c4c', 'charts-red'),
      join: color('#8a8a8a', 'charts-lines', 'descriptionForeground'),
      io: color('#29b8db', 'terminal-ansiCyan'),
      other: color('#777777', 'descriptionForeground'),
      frozen: color('#a5d6ff', 'terminal-ansiBrightCyan'),
      polling: color('#777777', 'descriptionForeground'),
    },
    marks: {
      spawn: color('#89d185', 'testing-iconPassed', 'charts-green'),
      kill: color('#f14c4c', 'errorForeground'),
      timeout: color('#cca700', 'editorWarning-foreground'),
      error: color('#f14c4c', 'editorError-foreground'),
      freeze: color('#a5d6ff', 'terminal-ansiBrightCyan'),
      thaw: foreground,
    },
  };
}
