/** `evaluate`: any expression in a frame on V8's stack; the names of a parked frame's variables, and what hangs on them. */

import * as l10n from '@vscode/l10n';
import { callRemoteForHandle } from '../cdp/remote.ts';
import type { EvaluateResult, RemoteObject } from '../cdp/types.ts';
import { UserError } from './errors.ts';
import type { FrameRecord } from './stack.ts';
import type { Target } from './target.ts';
import type { Variables } from './variables.ts';

/** A name, then properties: `job`, `job.items[0].name`, `table["a b"]`. */
const PATH =
  /^\s*([A-Za-z_$][\w$]*)((?:\s*\.\s*[A-Za-z_$][\w$]*|\s*\[\s*(?:\d+|"[^"]*"|'[^']*')\s*\])*)\s*$/;
const KEY = /\.\s*([A-Za-z_$][\w$]*)|\[\s*(?:(\d+)|"([^"]*)"|'([^']*)')\s*\]/g;

/** V8 evaluates such an assignment on copies of a generator's variables, which it then throws away. */
const ASSIGNMENT = /^\s*([A-Za-z_$][\w$]*)\s*=(?![=>])([\s\S]+)$/;

/**
 * Evaluates an expression.
 *
 * @param record the frame; undefined: none, the program's global names.
 * @param isHover whether a look must not change anything.
 * @throws {UserError} what the expression throws, or why it cannot be evaluated.
 */
export async function evaluate(
  target: Target,
  variables: Variables,
  expression: string,
  record: FrameRecord | undefined,
  isHover: boolean,
): Promise<RemoteObject> {
  if (record?.kind === 'parked') return evaluateParked(target, variables, expression, record);
  const [, name, assigned] = ASSIGNMENT.exec(expression) ?? [];
  if (record !== undefined && !isHover && name !== undefined && assigned !== undefined) {
    const value = await evaluate(target, variables, `(${assigned})`, record, isHover);
    await variables.setVisible(record.frame.callFrame, name, value);
    return value;
  }
  const common = { expression, silent: true, generatePreview: true, throwOnSideEffect: isHover };
  const answer =
    record === undefined
      ? await target.connection.send<EvaluateResult>('Runtime.evaluate', {
          ...common,
          replMode: true,
          disableBreaks: target.isStepping,
        })
      : await target.connection.send<EvaluateResult>('Debugger.evaluateOnCallFrame', {
          ...common,
          callFrameId: record.frame.callFrame.callFrameId,
        });
  if (answer.exceptionDetails === undefined) return answer.result;
  const { exception, text } = answer.exceptionDetails;
  const description = exception?.description ?? (exception && String(exception.value)) ?? text;
  throw new UserError(description.split('\n    at ', 1)[0] ?? description);
}

async function evaluateParked(
  target: Target,
  variables: Variables,
  expression: string,
  record: FrameRecord & { kind: 'parked' },
): Promise<RemoteObject> {
  const [, name, path = ''] = PATH.exec(expression) ?? [];
  if (name === undefined) {
    throw new UserError(
      l10n.t(
        'This frame is parked: only its variables and their properties can be evaluated, such as job.items[0].',
      ),
    );
  }
  const value = (await variables.visible(record)).get(name);
  if (value === undefined)
    throw new UserError(l10n.t('{0} is not a variable of this parked frame.', name));
  const keys = [...path.matchAll(KEY)].map(([, a, b, c, d]) => a ?? b ?? c ?? d ?? '');
  if (keys.length === 0) return value;
  if (value.objectId === undefined) throw new UserError(l10n.t('{0} is not an object.', name));
  const handle: { objectId: string; type?: object } = { objectId: value.objectId };
  return callRemoteForHandle(
    target.connection,
    handle,
    (object, list: string[]) =>
      list.reduce<unknown>(
        (each, key) =>
          each === undefined || each === null ? undefined : Reflect.get(Object(each), key),
        object,
      ),
    keys,
  );
}
