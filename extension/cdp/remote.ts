/** Functions that run in the debuggee, written as typed functions. They may use their arguments and globals, nothing else. */

import { type CdpConnection, CdpError } from './connection.ts';
import type { EvaluateResult, RemoteObject } from './types.ts';

/** An object of the debuggee's, of the type that it has there. */
export interface Handle<T> {
  readonly objectId: string;
  /** Never set: it carries the type. */
  readonly type?: T;
}

/**
 * Calls a function in the debuggee and brings its result over as plain data.
 *
 * @param handle the object that `fn` gets first.
 * @param args further arguments, plain data.
 * @throws {CdpError} what `fn` throws, and if the debuggee has ended.
 */
export async function callRemote<T, A extends unknown[], R>(
  connection: CdpConnection,
  handle: Handle<T>,
  fn: (object: T, ...args: A) => R,
  ...args: A
): Promise<R> {
  // As text: V8 takes many times as long to hand over a large object.
  const text = await call(
    connection,
    handle,
    `(...all) => JSON.stringify((${fn})(...all))`,
    args,
    true,
  );
  return text.value === undefined ? (undefined as R) : JSON.parse(text.value as string);
}

/**
 * Like `callRemote`, for an object that a registered symbol of the global object leads to, at any moment: while the debuggee runs, the
 * question may come in the middle of a step of V8's, which would end in the first function that the question calls. V8 can be
 * told to leave its breaks alone here, not in `callFunctionOn`.
 *
 * @param key the symbol's.
 */
export async function askRemote<T, A extends unknown[], R>(
  connection: CdpConnection,
  key: string,
  fn: (object: T, ...args: A) => R,
  ...args: A
): Promise<R> {
  const object = `globalThis[Symbol.for(${JSON.stringify(key)})]`;
  const texts = args.map((each) => JSON.stringify(each) ?? 'undefined');
  const answer = await connection.send<EvaluateResult>('Runtime.evaluate', {
    expression: `JSON.stringify((${fn})(${[object, ...texts].join()}))`,
    returnByValue: true,
    silent: true,
    disableBreaks: true,
  });
  const { value } = resultOf(answer);
  return value === undefined ? (undefined as R) : JSON.parse(value as string);
}

/** Like `callRemote`, but the result stays in the debuggee. */
export function callRemoteForHandle<T, A extends unknown[]>(
  connection: CdpConnection,
  handle: Handle<T>,
  fn: (object: T, ...args: A) => unknown,
  ...args: A
): Promise<RemoteObject> {
  return call(connection, handle, String(fn), args, false);
}

/** Evaluates a function without arguments; its result stays in the debuggee. */
export async function evaluateRemote(
  connection: CdpConnection,
  fn: () => unknown,
): Promise<RemoteObject> {
  const answer = await connection.send<EvaluateResult>('Runtime.evaluate', {
    expression: `(${fn})()`,
    silent: true,
  });
  return resultOf(answer);
}

/** A call with objects of the debuggee's among the arguments. */
export function callRemoteWith<R>(
  connection: CdpConnection,
  handle: Handle<unknown>,
  fn: (...args: never[]) => R,
  args: object[],
  returnByValue: boolean,
): Promise<RemoteObject> {
  return callText(connection, handle, String(fn), args, returnByValue);
}

function call(
  connection: CdpConnection,
  handle: Handle<unknown>,
  fn: string,
  args: unknown[],
  returnByValue: boolean,
): Promise<RemoteObject> {
  const values = args.map((value) => (value === undefined ? {} : { value }));
  const all = [{ objectId: handle.objectId }, ...values];
  return callText(connection, handle, fn, all, returnByValue);
}

async function callText(
  connection: CdpConnection,
  handle: Handle<unknown>,
  fn: string,
  args: object[],
  returnByValue: boolean,
): Promise<RemoteObject> {
  const answer = await connection.send<EvaluateResult>('Runtime.callFunctionOn', {
    functionDeclaration: fn,
    objectId: handle.objectId,
    arguments: args,
    returnByValue,
    silent: true,
    generatePreview: !returnByValue,
  });
  return resultOf(answer);
}

function resultOf(answer: EvaluateResult): RemoteObject {
  const { exceptionDetails } = answer;
  if (exceptionDetails === undefined) return answer.result;
  const { exception, text } = exceptionDetails;
  throw new CdpError('Runtime.evaluate', exception?.description ?? text);
}
