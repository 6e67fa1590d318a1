/**
 * What a greenlet carries along besides its stack: the stores of the platform's async context (Node's AsyncLocalStorage). A new
 * greenlet gets a copy of those that are set where it is made. As long as nobody uses any, this costs one look at a null.
 */

/** The stores of one greenlet; only the platform looks inside. */
export type Stores = unknown;

/** The platform's async context. */
export interface AsyncContext {
  /** The stores that are set now. */
  capture(): Stores;
  /** Sets stores, and returns those that were set. */
  exchange(stores: Stores): Stores;
}

/** The platform's async context, from the moment on at which somebody uses it. */
export const asyncContext: { inUse: AsyncContext | null } = { inUse: null };

/** The stores that are set now. */
export function captureStores(): Stores {
  const { inUse } = asyncContext;
  return inUse === null ? undefined : inUse.capture();
}

/** Sets stores, and returns those that were set. */
export function exchangeStores(stores: Stores): Stores {
  const { inUse } = asyncContext;
  return inUse === null ? undefined : inUse.exchange(stores);
}
