/** "Check my answer": runs the reader's exercise in a process of its own, and compares what it did with what the chapter asks for. */

import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { checkExercise } from '../model/chapter-check.ts';
import type { CheckState } from '../model/guide-state.ts';
import type { TutorialChapter } from './library.ts';
import { traceRun } from './trace-run.ts';

/** How long an exercise may run, in seconds. */
const TIME_LIMIT = 20;

/**
 * Checks the exercise of a chapter; the reader can cancel.
 *
 * @param path the reader's file, saved.
 */
export async function checkAnswer(
  { chapter }: TutorialChapter,
  path: string,
  runtimePath: string,
): Promise<CheckState> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Checking the exercise…'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      const { signal } = controller;
      const run = await traceRun(path, { runtimePath, timeLimit: TIME_LIMIT * 1000, signal });
      if (token.isCancellationRequested) return { kind: 'canceled' };
      const problems = checkExercise(chapter, readFileSync(path, 'utf8'), run);
      if (run.exitCode === null) {
        problems.push(l10n.t('A program that runs for {0} seconds is ended.', TIME_LIMIT));
      }
      return problems.length === 0 ? { kind: 'solved' } : { kind: 'wrong', problems };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'wrong', problems: [l10n.t('The exercise could not be run: {0}', reason)] };
    }
  });
}
