/** `greenlet/waitGraph`: who waits for what, and who could end the wait. */

import type { GreenletState, Location } from './snapshot.ts';

export interface WaitGraph {
  /** Greenlets that wait, what they wait for, and who could end their waits; and the other objects that have a name or are held. */
  nodes: WaitNode[];
  edges: WaitEdge[];
  cycles: WaitCycle[];
}

export type WaitNode =
  | {
      id: string;
      kind: 'greenlet';
      /** `NAME #ID`. */
      label: string;
      greenlet: number;
      state: GreenletState;
      /** Where it stands. */
      location: Location | null;
    }
  | {
      id: string;
      kind: 'object';
      /** The object's name, or its class where it has none. */
      label: string;
      /** The object's class. */
      type: string;
      /** Its state in words: `<Queue maxsize=2 qsize=1>`. */
      text: string;
    };

/** From who waits to what it waits for, or from that to who could end the wait. */
export interface WaitEdge {
  from: string;
  to: string;
  /** The call that waits, `Queue.get`; or how the greenlet stands to the object, `held by`. */
  relation: string;
  /** Set where others could end the wait, too, but nobody else has so far. */
  likely?: true;
}

/** Greenlets that wait for each other. */
export interface WaitCycle {
  greenlets: number[];
  /** The story in words; it names all of them. */
  text: string;
}
