/** What the keys do while the picture has the focus. */

/** `lane` and `stretch` go to another one; `pan` moves by a part of the width; `go` shows the source. */
export type KeyAction =
  | { kind: 'lane'; by: number }
  | { kind: 'stretch'; by: number }
  | { kind: 'zoom'; by: number }
  | { kind: 'pan'; by: number }
  | { kind: 'fit' }
  | { kind: 'go' };

const ZOOM = 1.5;
const STEP = 0.1;

/** By the key's name. */
export const KEYS: Readonly<Record<string, KeyAction | undefined>> = {
  ArrowUp: { kind: 'lane', by: -1 },
  ArrowDown: { kind: 'lane', by: 1 },
  ArrowLeft: { kind: 'stretch', by: -1 },
  ArrowRight: { kind: 'stretch', by: 1 },
  Home: { kind: 'stretch', by: Number.NEGATIVE_INFINITY },
  End: { kind: 'stretch', by: Number.POSITIVE_INFINITY },
  Enter: { kind: 'go' },
  ' ': { kind: 'go' },
  '+': { kind: 'zoom', by: ZOOM },
  '=': { kind: 'zoom', by: ZOOM },
  '-': { kind: 'zoom', by: 1 / ZOOM },
  '0': { kind: 'fit' },
  PageUp: { kind: 'pan', by: -1 },
  PageDown: { kind: 'pan', by: 1 },
  '[': { kind: 'pan', by: -STEP },
  ']': { kind: 'pan', by: STEP },
};
