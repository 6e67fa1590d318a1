/** The outlines of the files that are shown: which of their calls may switch, and where their functions are. */

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { FileOutline } from '../../runtime/src/protocol/switch-points.ts';
import type { OutlineAnswer, OutlineOptions, OutlineRequest } from './outline-worker.ts';

/** The thread ends when nobody has asked for so long, in milliseconds: it holds 30 MB. */
const IDLE_LIMIT = 60_000;
/** Longer files (in characters) are not looked at: they are not written by people. */
const LONGEST_FILE = 3_000_000;

/** The outline of one version of a document; undefined where its text did not parse. */
export interface Outlined {
  version: number;
  outline: FileOutline | undefined;
}

export class Outlines implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** There is a newer outline of some document. */
  readonly onDidChange: vscode.Event<void> = this.#changed.event;

  readonly #script: string;
  readonly #options: OutlineOptions;
  readonly #known = new Map<string, Outlined>();
  /** The documents that the thread looks at now. */
  readonly #asked = new Set<string>();
  readonly #waiting = new Map<number, (outline: FileOutline | undefined) => void>();
  readonly #subscription: vscode.Disposable;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  /**
   * @param extensionPath the folder of the extension.
   * @param runtimePath the folder of the runtime's build.
   */
  constructor(extensionPath: string, runtimePath: string) {
    this.#script = join(extensionPath, 'dist/outline-worker.cjs');
    this.#options = { runtimePath };
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) =>
      this.#known.delete(uri.toString()),
    );
  }

  /**
   * The newest outline of a document that there is, maybe of an older version of it; undefined before the first. A newer one is on
   * its way then, and told by `onDidChange`: one after the other, however fast somebody types.
   */
  latest(document: vscode.TextDocument): Outlined | undefined {
    const key = document.uri.toString();
    const known = this.#known.get(key);
    if (known?.version !== document.version && !this.#asked.has(key))
      void this.#look(document, key);
    return known;
  }

  async #look(document: vscode.TextDocument, key: string): Promise<void> {
    const { version, fileName } = document;
    this.#asked.add(key);
    const outline = await this.#ask(fileName, document.getText());
    this.#asked.delete(key);
    if (document.isClosed) return;
    this.#known.set(key, { version, outline });
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#end();
  }

  #ask(filename: string, code: string): Promise<FileOutline | undefined> {
    if (code.length > LONGEST_FILE) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const request: OutlineRequest = { id: ++this.#lastId, filename, code };
      this.#waiting.set(request.id, resolve);
      this.#running().postMessage(request);
      this.#restUntilAsked();
    });
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#script, { workerData: this.#options });
    worker.unref();
    worker.on('message', ({ id, outline }: OutlineAnswer) => {
      this.#waiting.get(id)?.(outline);
      this.#waiting.delete(id);
      this.#restUntilAsked();
    });
    worker.on('error', () => this.#end());
    this.#worker = worker;
    return worker;
  }

  #restUntilAsked(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), IDLE_LIMIT);
  }

  /** Whoever still waits gets no outline. */
  #end(): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const answer of this.#waiting.values()) answer(undefined);
    this.#waiting.clear();
  }
}
