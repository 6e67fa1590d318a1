// What the programs with servers share.
import { getHub, sleep } from 'greenlets';
import type { StreamSocket } from 'greenlets/socket';

export const HERE = ['127.0.0.1', 0] as const;
export function echo(client: StreamSocket): void {
  for (;;) {
    const data = client.recv(4096);
    if (data.length === 0) return;
    client.sendAll(data);
  }
}

/** Waits until something holds. */
export function until(holds: () => boolean): void {
  while (!holds()) sleep(0.001);
}

/** Runs with uncaught errors collected. */
export function collecting(run: (reports: [unknown, Error][]) => void): void {
  const hub = getHub();
  const { handleError } = hub;
  const reports: [unknown, Error][] = [];
  hub.handleError = (context, error) => reports.push([context, error as Error]);
  try {
    run(reports);
  } finally {
    hub.handleError = handleError;
  }
}
