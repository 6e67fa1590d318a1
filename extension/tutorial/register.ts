/** Puts the tutorial into the editor: its view, its guide, its commands. */

import { join } from 'node:path';
import * as vscode from 'vscode';
import { Follower } from './follower.ts';
import { Library } from './library.ts';
import { PROGRESS_KEY, Progress } from './progress.ts';
import { chooseReaderFolder, readerFolder } from './reader-folder.ts';
import { Tutorial, type Wanted } from './tutorial.ts';
import { TutorialTree } from './tutorial-tree.ts';
import { Workbook } from './workbook.ts';

const WALKTHROUGH = 'greenlets.greenlet-debugger#learn';

/**
 * Registers everything.
 *
 * @param debugType the type of our debug configurations.
 * @param runtimePath the folder of the runtime's build.
 */
export function registerTutorial(
  context: vscode.ExtensionContext,
  debugType: string,
  runtimePath: string,
): void {
  const { extensionPath, extensionUri: extension, globalState, globalStorageUri } = context;
  const { debug, commands } = vscode;
  globalState.setKeysForSync([PROGRESS_KEY]);
  const library = new Library(join(extensionPath, 'media', 'tutorial'));
  const progress = new Progress(globalState);
  const tree = new TutorialTree(library, progress);
  const follower = new Follower(library);
  const types = {
    greenlets: join(runtimePath, 'types'),
    packages: join(extensionPath, 'dist', 'types'),
  };
  const workbook = () => new Workbook(readerFolder(globalStorageUri), library, types);
  const tutorial = new Tutorial({
    library,
    workbook,
    progress,
    tree,
    follower,
    extension,
    runtimePath,
  });
  context.subscriptions.push(
    progress,
    tree,
    follower,
    tutorial,
    debug.registerDebugAdapterTrackerFactory(debugType, follower),
    commands.registerCommand('greenlets.tutorial.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    ),
    commands.registerCommand('greenlets.tutorial.open', (each: Wanted) => tutorial.open(each)),
    commands.registerCommand('greenlets.tutorial.openExercise', (each: Wanted) =>
      tutorial.openExercise(each),
    ),
    commands.registerCommand('greenlets.tutorial.run', (each: Wanted) =>
      tutorial.start(each, 'run'),
    ),
    commands.registerCommand('greenlets.tutorial.debug', (each: Wanted) =>
      tutorial.start(each, 'debug'),
    ),
    commands.registerCommand('greenlets.tutorial.check', (each: Wanted) => tutorial.check(each)),
    commands.registerCommand('greenlets.tutorial.reset', (each: Wanted) => tutorial.reset(each)),
    commands.registerCommand('greenlets.tutorial.showGuide', (each: Wanted) =>
      tutorial.showGuide(each),
    ),
    commands.registerCommand('greenlets.tutorial.nextChapter', () => tutorial.move(1)),
    commands.registerCommand('greenlets.tutorial.previousChapter', () => tutorial.move(-1)),
    commands.registerCommand('greenlets.tutorial.chooseFolder', chooseReaderFolder),
    commands.registerCommand('greenlets.tutorial.chooseLanguage', () => tutorial.chooseLanguage()),
    commands.registerCommand('greenlets.tutorial.clearProgress', () => tutorial.clearProgress()),
  );
}
