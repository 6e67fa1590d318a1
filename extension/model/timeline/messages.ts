/** What the extension and the timeline's page say to each other. */

import type { TraceFormat } from '../../../runtime/src/protocol/snapshot.ts';
import type { AxisKind } from './axis.ts';
import type { TraceChunk, TracePlace } from './trace.ts';

/** What is kept over a reload of the window. */
export interface TimelineState {
  axis: AxisKind;
  view: { from: number; to: number; top: number } | null;
  selected: number | null;
  follows: boolean;
  showArrows: boolean;
  showTable: boolean;
}

/** What a new timeline looks like. */
export const FIRST_STATE: TimelineState = {
  axis: 'switch',
  view: null,
  selected: null,
  follows: true,
  showArrows: true,
  showTable: true,
};

/** What a picture or a run is saved as. */
export type ExportFormat = 'svg' | 'png' | TraceFormat;

export type ToPage =
  | { kind: 'begin'; locale: string; isLive: boolean; state: TimelineState | null }
  | { kind: 'rows'; chunk: TraceChunk; isLast: boolean }
  /** Rows that are there belong to a run that is over; another begins. */
  | { kind: 'clear' }
  | { kind: 'ended' }
  | { kind: 'problem'; text: string }
  | { kind: 'select'; greenlet: number; seq: number | null };

export type FromPage =
  | { kind: 'ready' }
  | { kind: 'state'; state: TimelineState }
  /** The user looks at a greenlet; `place` is to be shown where it is not null. */
  | { kind: 'select'; greenlet: number; seq: number | null; place: TracePlace | null }
  | { kind: 'save'; format: 'svg'; content: string }
  | { kind: 'save'; format: 'png'; content: Uint8Array }
  | { kind: 'save'; format: TraceFormat };
