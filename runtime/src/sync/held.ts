/** A lock that is held until this is disposed: `using held = lock.hold()`. */
export class Held implements Disposable {
  private lock: { release(): unknown } | null;

  constructor(lock: { release(): unknown }) {
    this.lock = lock;
  }

  /** Releases the lock; nothing happens the second time. Never switches. */
  release(): void {
    const { lock } = this;
    this.lock = null;
    lock?.release();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
