/**
 * Tests in plain blocking code: a file exports `tests`, functions by name, is transformed as a user's program, and each function
 * runs as a greenlet in the process of the test. The process ends by itself, unless something is left open.
 */

import { after, test } from 'node:test';

/** A test: throws when it fails. */
export type BlockingTest = () => unknown;

/**
 * Runs the tests of a file one after the other.
 *
 * @param file relative to `from`.
 * @param from the URL of the module that asks.
 */
export async function testBlocking(file: string, from: string): Promise<void> {
  // By a variable name: the build's types need not be there yet.
  const register = 'greenlets/register';
  await import(register);
  const { tests } = (await import(new URL(file, from).href)) as {
    tests: Record<string, BlockingTest>;
  };
  let failures = 0;
  for (const [name, body] of Object.entries(tests)) {
    test(name, async () => {
      failures++;
      await body();
      failures--;
    });
  }
  // A test that has failed leaves sockets open, and greenlets that wait for them.
  after(() => {
    if (failures > 0) setImmediate(() => process.exit(1));
  });
}
