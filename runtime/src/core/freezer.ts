/**
 * Frozen greenlets: whatever wakes them, they go on only after they were thawed. A tool of debuggers; the hub asks here only while
 * some greenlet is frozen.
 */

import type { Cancel, Greenlet } from './greenlet.ts';
import type { Callback, Hub } from './hub.ts';

/** How a greenlet would have gone on. */
interface Turn {
  throwing: boolean;
  go: () => void;
}

export class Freezer {
  private readonly hub: Hub;
  private readonly onMissed: (greenlet: Greenlet) => void;
  /** The frozen greenlets, each with the turn that it has missed. */
  private readonly frozen = new Map<Greenlet, Turn | null>();

  /** @param onMissed hears of greenlets that have missed a turn. */
  constructor(hub: Hub, onMissed: (greenlet: Greenlet) => void = () => {}) {
    this.hub = hub;
    this.onMissed = onMissed;
  }

  /** Whether a greenlet is frozen. */
  has(greenlet: Greenlet): boolean {
    return this.frozen.has(greenlet);
  }

  /** Freezes a greenlet: one that runs goes on until it gives way. Nothing happens if it is frozen or has ended. */
  freeze(greenlet: Greenlet): void {
    if (this.has(greenlet) || greenlet.ready()) return;
    this.frozen.set(greenlet, null);
    this.hub.freezer = this;
  }

  /** Thaws a greenlet. If it was woken meanwhile, it takes its place at the end of the hub's queue. */
  thaw(greenlet: Greenlet): void {
    const turn = this.frozen.get(greenlet);
    this.frozen.delete(greenlet);
    if (this.frozen.size === 0) this.hub.freezer = null;
    if (turn == null) return;
    this.hub.outside.end(true);
    const thawed = new Thawed(this.hub, greenlet, turn);
    greenlet.cancel = thawed;
    this.hub.push(thawed);
  }

  thawAll(): void {
    for (const greenlet of [...this.frozen.keys()]) this.thaw(greenlet);
  }

  /**
   * A greenlet is about to run.
   *
   * @param throwing whether an error is thrown into it: that replaces a turn without one.
   * @param go lets it run.
   * @returns whether it must not; `go` is kept then.
   */
  keeps(greenlet: Greenlet, throwing: boolean, go: () => void): boolean {
    const turn = this.frozen.get(greenlet);
    if (turn === undefined) return false;
    // Its turn will come: until then the process has something to live for.
    if (turn === null) this.hub.outside.begin(true);
    if (turn === null || (throwing && !turn.throwing)) this.frozen.set(greenlet, { throwing, go });
    greenlet.state = 'ready';
    this.onMissed(greenlet);
    return true;
  }
}

class Thawed implements Callback, Cancel {
  readonly turnOf: Greenlet;
  private readonly hub: Hub;
  private readonly turn: Turn;

  constructor(hub: Hub, greenlet: Greenlet, turn: Turn) {
    this.hub = hub;
    this.turnOf = greenlet;
    this.turn = turn;
  }

  /** Something else comes before its turn: a kill. */
  cancel(): void {
    this.hub.withdraw(this);
  }

  step(): boolean {
    this.turnOf.cancel = null;
    this.turn.go();
    return false;
  }
}
