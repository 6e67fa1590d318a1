/** What queues throw when their time is over, or when they may not wait. */

/** There is nothing to get. */
export class Empty extends Error {
  override name = 'Empty';
}

/** The queue is shut down: nothing more is put in, and there is nothing left to get. */
export class ShutDown extends Error {
  override name = 'ShutDown';
}

/** There is no room to put anything. */
export class Full extends Error {
  override name = 'Full';
}
