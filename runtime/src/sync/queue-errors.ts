/** What queues throw when their time is over, or when they may not wait. */

/** There is nothing to get. */
export class Empty extends Error {
  override name = 'Empty';
}

/** There is no room to put anything. */
export class Full extends Error {
  override name = 'Full';
}
