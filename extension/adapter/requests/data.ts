/** Breakpoints at changes of data: `dataBreakpointInfo`, `setDataBreakpoints`. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Bridge, Watched } from '../../../runtime/src/protocol/bridge.ts';
import { callRemoteWith } from '../../cdp/remote.ts';
import { evaluate } from '../evaluate.ts';
import { readHitCount } from '../hit-count.ts';
import type { Program } from '../program.ts';
import { RUNTIME_CLASSES } from '../variables.ts';
import type { Handler } from './handler.ts';

const UNWATCHABLE =
  'V8 cannot watch variables. What can be watched: properties of objects, and the state of greenlets, events, queues and locks.';

export const dataBreakpointInfo: Handler<DebugProtocol.DataBreakpointInfoArguments> = async (
  context,
  { variablesReference, name, frameId },
) => {
  const program = context.running();
  const { owner, value } = await find(program, variablesReference, name, frameId);
  const watched = await watch(program, name, owner, value);
  if (watched.id === null) return { body: { dataId: null, description: watched.text } };
  return {
    body: {
      dataId: String(watched.id),
      description: watched.text || name,
      accessTypes: ['write'],
      canPersist: false,
    },
  };
};

export const setDataBreakpoints: Handler<DebugProtocol.SetDataBreakpointsArguments> = async (
  context,
  { breakpoints },
) => {
  const wanted = breakpoints.map(({ dataId, condition = '', hitCondition }) => ({
    watched: Number(dataId),
    condition,
    hitCount: hitCondition ? readHitCount(hitCondition) : null,
  }));
  return { body: { breakpoints: await context.running().data.set(wanted) } };
};

async function find(
  { target, variables, stacks }: Program,
  reference: number | undefined,
  name: string,
  frameId: number | undefined,
) {
  if (reference !== undefined && reference > 0) return variables.find(reference, name);
  const record = frameId === undefined ? undefined : stacks.record(frameId);
  return { owner: undefined, value: await evaluate(target, variables, name, record, true) };
}

async function watch(
  { target }: Program,
  name: string,
  owner: string | undefined,
  value: Awaited<ReturnType<typeof evaluate>> | undefined,
): Promise<Watched> {
  const isState = value?.objectId !== undefined && RUNTIME_CLASSES.has(value.className ?? '');
  const objectId = isState ? value.objectId : owner;
  if (objectId === undefined) return { id: null, text: UNWATCHABLE };
  const { connection, bridge } = target;
  const answer = await callRemoteWith(
    connection,
    bridge,
    (each: Bridge, object: object, key?: string) => each.watchable(object, key),
    [{ objectId: bridge.objectId }, { objectId }, isState ? {} : { value: name }],
    true,
  );
  return answer.value as Watched;
}
