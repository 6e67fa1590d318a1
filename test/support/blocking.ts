/**
 * Tests in plain blocking code: a file exports `tests`, functions by name, is transformed as a user's program, and each function
 * runs as a greenlet in the process of the test.
 */

import { test } from 'node:test';

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
  for (const [name, body] of Object.entries(tests)) {
    test(name, async () => {
      await body();
    });
  }
}
