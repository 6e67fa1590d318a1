// @ts-check
/** One suite of tests: run, counted, and its failures told. */

import { ROOT } from '../workbench/prepare.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** A suite in which something failed. */
export class SuiteError extends Error {
  /**
   * @param {string} message
   * @param {Count} count
   */
  constructor(message, count) {
    super(message);
    this.count = count;
  }
}

/**
 * @typedef {object} SuiteOptions
 * @property {number} [concurrency] how many test files run at once: two, since most of them wait for programs that they have started
 * @property {number} [patience] the suite may not take longer, in seconds
 */

/**
 * Runs test files with Node's own runner.
 *
 * @param {import('../workbench/lifetime.mjs').Lifetime} lifetime
 * @param {string[]} files
 * @param {SuiteOptions} [options]
 * @returns {Promise<Count>} rejects with a SuiteError when one fails, is skipped, or when there is none
 */
export async function runSuite(lifetime, files, { concurrency = 2, patience = 300 } = {}) {
  const count = { passed: 0, failed: 0 };
  if (files.length === 0) throw new SuiteError('There are no tests.', { passed: 0, failed: 1 });
  /** @type {string[]} */
  const failures = [];
  let hasFailures = false;
  let skipped = 0;
  const onLine = (/** @type {string} */ line) => {
    const match = /^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line);
    const number = Number(match?.[2] ?? 0);
    if (match?.[1] === 'pass') count.passed += number;
    else if (match?.[1] === 'fail' || match?.[1] === 'cancelled') count.failed += number;
    else skipped += number;
    hasFailures ||= line.startsWith('✖ failing tests:');
    if (hasFailures) failures.push(line);
  };
  const options = [
    '--import',
    'tsx',
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${concurrency}`,
  ];
  const job = lifetime.start(process.execPath, [...options, ...files], { cwd: ROOT, onLine });
  const timer = setTimeout(() => {
    failures.push(`The suite was ended: it took longer than ${patience} s.`);
    void job.end();
  }, patience * 1000);
  const { code, signal } = await job.ended;
  clearTimeout(timer);
  await job.end();
  if (skipped > 0) {
    failures.push(`${skipped} tests were skipped: a test either runs or is deleted.`);
    count.failed += skipped;
  }
  if (code === 0 && count.passed > 0 && count.failed === 0) return count;
  if (count.failed === 0) {
    failures.push(`The suite ended with ${signal ?? `exit code ${code}`}:`, job.output());
    count.failed = 1;
  }
  throw new SuiteError(failures.join('\n'), count);
}
