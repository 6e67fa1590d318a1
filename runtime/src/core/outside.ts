/**
 * What keeps the process alive for the sake of the outside world: waits for sockets and the like, whose own handles keep nothing
 * alive. So the process lives exactly as long as somebody waits, and main gets a LoopExit where nobody can wake it, however many
 * idle connections are open.
 */

import type { Hub } from './hub.ts';

export class Outside {
  private readonly hub: Hub;
  /** How many keep the process alive after main has ended, too. */
  private holding = 0;
  /** How many keep it alive before that only. */
  private waiting = 0;
  private kept = false;

  constructor(hub: Hub) {
    this.hub = hub;
  }

  /**
   * A wait begins, or something that keeps the process alive is started.
   *
   * @param holds whether it counts after main has ended: `greenlet.holds()` for a wait, true for a started server.
   */
  begin(holds: boolean): void {
    if (holds) this.holding++;
    else this.waiting++;
    this.update();
  }

  /** What `begin` began with the same argument is over. */
  end(holds: boolean): void {
    if (holds) this.holding--;
    else this.waiting--;
    this.update();
  }

  /** Holds the process, or lets go of it, as things are now. */
  update(): void {
    const keep = this.holding > 0 || (this.waiting > 0 && !this.hub.mainEnded);
    if (keep === this.kept) return;
    this.kept = keep;
    this.hub.loop.hold(keep);
  }
}
