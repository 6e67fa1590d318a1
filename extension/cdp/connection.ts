/** One connection to a debuggee's inspector: commands with answers, and events. */

import type { Socket } from 'node:net';
import WebSocket from 'ws';
import { PromptWriter } from './prompt-writer.ts';

/** A command failed, or the debuggee is gone. */
export class CdpError extends Error {
  override name = 'CdpError';
  /** The command, `Debugger.resume`. */
  readonly method: string;

  constructor(method: string, message: string) {
    super(message);
    this.method = method;
  }
}

type Listener = (params: never) => void;

interface Pending {
  method: string;
  /** Made before the round trip, so that its stack shows who asked. */
  error: CdpError;
  resolve(result: unknown): void;
  reject(error: CdpError): void;
}

export class CdpConnection {
  private readonly socket: WebSocket;
  private readonly writer: PromptWriter;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Listener[]>();
  private lastId = 0;
  private open = true;
  private readonly closeListeners: (() => void)[] = [];

  private constructor(socket: WebSocket, below: Socket) {
    this.socket = socket;
    this.writer = new PromptWriter(below);
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('close', () => this.closed());
    socket.on('error', () => socket.close());
  }

  /**
   * Connects to an inspector.
   *
   * @param url `ws://127.0.0.1:9229/…`, as Node prints it.
   * @throws {CdpError} if nobody listens there.
   */
  static connect(url: string): Promise<CdpConnection> {
    const error = new CdpError('connect', '');
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 });
      const fail = (cause: Error) => {
        error.message = `The debuggee's inspector at ${url} cannot be reached: ${cause.message}`;
        reject(error);
      };
      socket.once('error', fail);
      // Not a socket of our own through `createConnection`: VS Code's patched `http` makes another one all the same.
      socket.once('upgrade', ({ socket: below }) => {
        below.setNoDelay(true);
        socket.once('open', () => {
          socket.off('error', fail);
          resolve(new CdpConnection(socket, below));
        });
      });
    });
  }

  get isOpen(): boolean {
    return this.open;
  }

  /**
   * Sends a command.
   *
   * @throws {CdpError} what the inspector answers, or that the debuggee has ended.
   */
  send<R = unknown>(method: string, params: object = {}): Promise<R> {
    const error = new CdpError(method, '');
    return new Promise<R>((resolve, reject) => {
      if (!this.open) {
        error.message = 'The program has ended.';
        reject(error);
        return;
      }
      const id = ++this.lastId;
      this.pending.set(id, {
        method,
        error,
        resolve: resolve as (result: unknown) => void,
        reject,
      });
      this.writer.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Calls `listener` at each event of this name, in the order of arrival. */
  on<P>(event: string, listener: (params: P) => void): void {
    const listeners = this.listeners.get(event) ?? [];
    listeners.push(listener as Listener);
    this.listeners.set(event, listeners);
  }

  /** Calls `listener` once the connection is closed, by whichever side. */
  onClose(listener: () => void): void {
    if (this.open) this.closeListeners.push(listener);
    else listener();
  }

  /** Detaches from the debuggee, which goes on without a debugger. */
  close(): void {
    this.writer.finish();
    this.socket.close();
  }

  /** Drops the connection without a farewell. */
  destroy(): void {
    this.socket.terminate();
  }

  private receive(text: string): void {
    const message = JSON.parse(text);
    if (message.id === undefined) {
      for (const listener of this.listeners.get(message.method) ?? []) {
        listener(message.params as never);
      }
      return;
    }
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (pending === undefined) return;
    if (message.error === undefined) {
      pending.resolve(message.result);
    } else {
      pending.error.message = `${pending.method}: ${message.error.message}`;
      pending.reject(pending.error);
    }
  }

  private closed(): void {
    this.open = false;
    for (const { error, reject } of this.pending.values()) {
      error.message = 'The program has ended.';
      reject(error);
    }
    this.pending.clear();
    for (const listener of this.closeListeners.splice(0)) listener();
  }
}
