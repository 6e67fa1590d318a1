/** Several objects that one greenlet waits for at once. */
export class Several {
  readonly objects: readonly unknown[];
  /** How many of them end the wait. */
  readonly needed: number;

  constructor(objects: readonly unknown[], needed: number) {
    this.objects = objects;
    this.needed = needed;
  }
}
