/** `completions`: the names that can stand where the cursor is, in the frame's scopes or behind a dot. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import { isHelper } from '../../runtime/src/protocol/helpers.ts';
import { callRemote, callRemoteForHandle } from '../cdp/remote.ts';
import { evaluate } from './evaluate.ts';
import type { FrameRecord } from './stack.ts';
import type { Target } from './target.ts';
import type { Variables } from './variables.ts';

/** What stands before the cursor: perhaps an expression and a dot, and the beginning of a name. */
const BEFORE =
  /(?:((?:[A-Za-z_$][\w$]*|\))(?:\.[A-Za-z_$][\w$]*|\[(?:\d+|"[^"]*"|'[^']*')\])*)\s*\??\.\s*)?([A-Za-z_$][\w$]*)?$/;
const MOST = 500;

/**
 * The names that can go on a text.
 *
 * @param before the text up to the cursor.
 * @param record the frame; undefined: none.
 */
export async function complete(
  target: Target,
  variables: Variables,
  before: string,
  record: FrameRecord | undefined,
): Promise<DebugProtocol.CompletionItem[]> {
  const [, object, start = ''] = BEFORE.exec(before) ?? [];
  const names =
    object === undefined
      ? await variableNames(target, variables, record)
      : await memberNames(target, variables, object, record);
  return names
    .filter((each) => each.toLowerCase().startsWith(start.toLowerCase()))
    .filter((each) => !isHelper(each))
    .slice(0, MOST)
    .map((label) => ({
      label,
      type: object === undefined ? 'variable' : 'property',
      start: before.length - start.length,
      length: start.length,
    }));
}

async function variableNames(
  target: Target,
  variables: Variables,
  record: FrameRecord | undefined,
): Promise<string[]> {
  const own = record === undefined ? [] : [...(await variables.visible(record)).keys()].sort();
  const globals = await target.ask(globalNames);
  return [...new Set([...own, ...globals])];
}

/** The members of a value, its own ones first. Looking must not change anything: a value that needs code to run has none. */
async function memberNames(
  target: Target,
  variables: Variables,
  expression: string,
  record: FrameRecord | undefined,
): Promise<string[]> {
  const found = await evaluate(target, variables, expression, record, true).catch(() => undefined);
  if (found === undefined) return [];
  const { objectId, value } = found;
  if (objectId === undefined && value == null) return [];
  const held =
    objectId === undefined
      ? await callRemoteForHandle(target.connection, target.bridge, box, value)
      : found;
  const handle: { objectId: string; type?: object } = { objectId: held.objectId ?? '' };
  return callRemote(target.connection, handle, namesOf);
}

// The functions below run in the debuggee.

function box(_: unknown, value: unknown): unknown {
  return Object(value);
}

function namesOf(object: object): string[] {
  const names: string[] = [];
  for (let each: object | null = object; each !== null; each = Object.getPrototypeOf(each)) {
    names.push(...Object.getOwnPropertyNames(each));
  }
  return [...new Set(names)].filter((each) => /^[A-Za-z_$][\w$]*$/.test(each));
}

function globalNames(): string[] {
  return Object.getOwnPropertyNames(globalThis).sort();
}
