/**
 * Frozen greenlets: whatever wakes them, they go on only after they were thawed. A tool of debuggers; the hub asks here only while
 * some greenlet is frozen, or all but one are held.
 */

import type { Cancel, Greenlet } from './greenlet.ts';
import type { Callback, Hub } from './hub.ts';

/** How a greenlet would have gone on. */
interface Turn {
  throwing: boolean;
  go: () => void;
}

/** Greenlets that are kept from running, each with the turn that it has missed. */
type Kept = Map<Greenlet, Turn | null>;

export class Freezer {
  private readonly hub: Hub;
  private readonly onMissed: (greenlet: Greenlet) => void;
  private readonly frozen: Kept = new Map();
  /** The greenlet that runs alone; null: none does. */
  private alone: Greenlet | null = null;
  /** Those whose turn has come while another one ran alone. */
  private readonly held: Kept = new Map();

  /** @param onMissed hears of greenlets that have missed a turn. */
  constructor(hub: Hub, onMissed: (greenlet: Greenlet) => void = () => {}) {
    this.hub = hub;
    this.onMissed = onMissed;
  }

  /** Whether a greenlet is frozen. */
  has(greenlet: Greenlet): boolean {
    return this.frozen.has(greenlet);
  }

  /** Whether a greenlet is frozen, or held with a turn that it has missed: it may be ready without being in the queue. */
  isKept(greenlet: Greenlet): boolean {
    return this.has(greenlet) || this.held.has(greenlet);
  }

  /** Freezes a greenlet: one that runs goes on until it gives way. Nothing happens if it is frozen or has ended. */
  freeze(greenlet: Greenlet): void {
    if (this.has(greenlet) || greenlet.ready()) return;
    this.frozen.set(greenlet, null);
    this.update();
  }

  /** Thaws a greenlet. If it was woken meanwhile, it takes its place at the end of the hub's queue. */
  thaw(greenlet: Greenlet): void {
    this.release(this.frozen, greenlet);
  }

  thawAll(): void {
    for (const greenlet of [...this.frozen.keys()]) this.thaw(greenlet);
  }

  /**
   * Holds all greenlets but one, also those that are spawned from now on. What a greenlet calls is held in none of them: it runs on
   * that one's stack.
   *
   * @param greenlet null: all may run again, those first whose turn came first.
   */
  holdAllBut(greenlet: Greenlet | null): void {
    if (greenlet === this.alone) return;
    this.alone = greenlet;
    for (const each of [...this.held.keys()]) this.release(this.held, each);
    this.update();
  }

  /**
   * A greenlet is about to run.
   *
   * @param throwing whether an error is thrown into it: that replaces a turn without one.
   * @param go lets it run.
   * @returns whether it must not; `go` is kept then.
   */
  keeps(greenlet: Greenlet, throwing: boolean, go: () => void): boolean {
    const kept = this.has(greenlet) ? this.frozen : this.holds(greenlet) ? this.held : undefined;
    if (kept === undefined) return false;
    const turn = kept.get(greenlet) ?? null;
    // Its turn will come: until then the process has something to live for.
    if (turn === null) this.hub.outside.begin(true);
    if (turn === null || (throwing && !turn.throwing)) kept.set(greenlet, { throwing, go });
    greenlet.state = 'ready';
    this.onMissed(greenlet);
    return true;
  }

  private holds(greenlet: Greenlet): boolean {
    if (this.alone === null || this.alone === greenlet) return false;
    // A call from outside has a caller, which takes a value from it.
    return greenlet.begun || greenlet.origin !== 'call';
  }

  private release(kept: Kept, greenlet: Greenlet): void {
    const turn = kept.get(greenlet);
    kept.delete(greenlet);
    this.update();
    if (turn == null) return;
    this.hub.outside.end(true);
    const thawed = new Thawed(this.hub, greenlet, turn);
    greenlet.cancel = thawed;
    this.hub.push(thawed);
  }

  private update(): void {
    const keepsSome = this.frozen.size > 0 || this.held.size > 0 || this.alone !== null;
    this.hub.freezer = keepsSome ? this : null;
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
