/** What runs in a worker thread. Its text is sent there: it uses nothing but what it is given. */

/** One call. */
export interface Job {
  id: number;
  /** The module that has the function. */
  url: string;
  /** The name under which it exports it. */
  name: string;
  args: unknown[];
}

/** What has become of a call. */
export interface Outcome {
  id: number;
  value?: unknown;
  error?: ErrorData;
}

/** An error, on its way to another thread. */
export interface ErrorData {
  name: string;
  message: string;
  stack: string | undefined;
  /** Its own properties, as far as they can be sent. */
  details: Record<string, unknown>;
}

/**
 * Calls what it is asked to, one job after the other.
 *
 * @param load `require`.
 * @param loader the address of what lets jobs be written in TypeScript, and switch.
 */
export function workerMain(load: (name: string) => unknown, loader: string): void {
  const { parentPort } = load('node:worker_threads') as typeof import('node:worker_threads');
  parentPort?.on('message', ({ id, url, name, args }: Job) => {
    run(url, name, args)
      .then((value) => parentPort.postMessage({ id, value }))
      .catch((error) => parentPort.postMessage({ id, error: dataOf(error) }));
  });

  async function run(url: string, name: string, args: unknown[]): Promise<unknown> {
    await import(loader);
    const module = await import(url);
    const fn = module[name] ?? module.default?.[name];
    if (typeof fn !== 'function') throw new TypeError(`${url} exports no function ${name}`);
    return await fn(...args);
  }

  function dataOf(thrown: unknown): ErrorData {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const details: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(error)) {
      try {
        details[key] = structuredClone(value);
      } catch {}
    }
    return { name: error.name, message: error.message, stack: error.stack, details };
  }
}
