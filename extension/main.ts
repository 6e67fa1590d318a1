/** The extension's entry: wiring only. What the parts do is said in their own files. */

import { join } from 'node:path';
import * as vscode from 'vscode';
import { GreenletDebugSession } from './adapter/session.ts';
import {
  ConfigurationProvider,
  DEBUG_TYPE,
  DynamicConfigurations,
} from './commands/configuration.ts';
import { registerGreenletCommands } from './commands/greenlet-commands.ts';
import { revealPlace } from './commands/reveal-place.ts';
import { runGreenlet, runToNextSwitch } from './commands/run-control.ts';
import { startFile } from './commands/start-file.ts';
import { StartKey } from './commands/start-key.ts';
import { registerTimelineCommands } from './commands/timeline-commands.ts';
import { registerViewCommands } from './commands/view-commands.ts';
import { registerDiagnostics } from './diagnostics/register.ts';
import { sourceMarks } from './editor/source-marks.ts';
import { useLanguage } from './l10n/language.ts';
import { registerTutorial } from './tutorial/register.ts';
import { GreenletsTree } from './views/greenlets-tree.ts';
import { HistoryList } from './views/history-list.ts';
import { Selection } from './views/selection.ts';
import { SessionFeeds } from './views/session-feeds.ts';
import { SessionLog } from './views/session-log.ts';
import { StartProgress } from './views/start-progress.ts';
import { StatusItem } from './views/status-item.ts';
import { Timeline } from './views/timeline/timeline.ts';
import { TraceEditor } from './views/timeline/trace-editor.ts';
import { ViewOpener } from './views/view-opener.ts';
import { WaitsTree } from './views/waits-tree.ts';

/** Called by the editor when the first greenlet session is about to start. */
export function activate(context: vscode.ExtensionContext): void {
  useLanguage(vscode.env.language);
  const runtimePath = join(context.extensionPath, 'runtime', 'dist');
  const feeds = new SessionFeeds();
  const selection = new Selection();
  const log = new SessionLog();
  const opener = new ViewOpener(context.globalState);
  const views = { feeds, selection };
  const tree = new GreenletsTree(feeds, opener, selection, context.workspaceState);
  const history = new HistoryList(feeds, opener);
  const timeline = new Timeline(context, feeds, selection);
  const { debug, commands } = vscode;
  context.subscriptions.push(
    feeds,
    selection,
    tree,
    new WaitsTree(feeds, opener),
    history,
    new StatusItem(feeds),
    timeline,
    TraceEditor.register(context.extensionUri),
    ...registerTimelineCommands(timeline, feeds, selection),
    ...registerGreenletCommands(feeds, selection),
    ...registerViewCommands(feeds, selection, tree, history),
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterInlineImplementation(new GreenletDebugSession({ runtimePath })),
    }),
    debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, feeds),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new ConfigurationProvider()),
    debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      new DynamicConfigurations(),
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    log,
    debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, log),
    debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, new StartProgress()),
    new StartKey(),
    ...sourceMarks(context.extensionPath, runtimePath, feeds, selection),
    commands.registerCommand('greenlets.debugFile', (file) => startFile(file, false)),
    commands.registerCommand('greenlets.runFile', (file) => startFile(file, true)),
    commands.registerCommand('greenlets.showLog', () => log.channel.show()),
    commands.registerCommand('greenlets.nextSwitch', () => runToNextSwitch(views)),
    commands.registerCommand('greenlets.untilRuns', (item) =>
      runGreenlet(views, 'greenlet/untilRuns', item),
    ),
    commands.registerCommand('greenlets.runAlone', (item) =>
      runGreenlet(views, 'greenlet/runAlone', item),
    ),
    commands.registerCommand('greenlets.reveal', revealPlace),
  );
  registerDiagnostics(context, DEBUG_TYPE);
  registerTutorial(context, DEBUG_TYPE, runtimePath);
}
