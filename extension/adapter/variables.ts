/** `scopes`, `variables` and `setVariable`: of frames on V8's stack, and of parked ones, which are read only. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import type { Bridge } from '../../runtime/src/protocol/bridge.ts';
import { isHelper } from '../../runtime/src/protocol/helpers.ts';
import { callRemoteForHandle, callRemoteWith } from '../cdp/remote.ts';
import type {
  CallFrame,
  EvaluateResult,
  PropertiesResult,
  PropertyDescriptor,
  RemoteObject,
  Scope,
} from '../cdp/types.ts';
import { UserError } from './errors.ts';
import { groupScopes, type ScopePart, scopeType } from './scopes.ts';
import type { FrameRecord } from './stack.ts';
import type { Target } from './target.ts';
import { lengthOf, valueText } from './values.ts';

/** Where a scope's variables can be set. */
interface Settable {
  callFrameId: string;
  /** V8's numbers of the scopes, parallel to the objects. */
  scopeNumbers: number[];
}

type Container =
  | { kind: 'scope'; objectIds: string[]; settable: Settable | undefined }
  | { kind: 'object'; objectId: string; length: number | undefined };

export class Variables {
  private readonly target: Target;
  private readonly containers = new Map<number, Container>();
  private nextReference = 1;

  constructor(target: Target) {
    this.target = target;
  }

  /** The program goes on: all references are void. */
  forget(): void {
    this.containers.clear();
  }

  /** The scopes of a frame; exactly one is called `Local`. */
  async scopes(record: FrameRecord): Promise<DebugProtocol.Scope[]> {
    const native = record.kind === 'native' ? record.frame.callFrame : undefined;
    const parts =
      native === undefined ? await this.parkedParts(record) : groupScopes(native.scopeChain);
    const shown = parts.map(({ title, objectIds, numbers }) => {
      const settable = native && { callFrameId: native.callFrameId, scopeNumbers: numbers };
      const scope: DebugProtocol.Scope = {
        name: title,
        variablesReference: this.hold({ kind: 'scope', objectIds, settable }),
        expensive: title === 'Global',
      };
      return title === 'Local' ? { ...scope, presentationHint: 'locals' } : scope;
    });
    const card = await this.card(record.greenlet);
    return card === undefined ? shown : [shown[0] as DebugProtocol.Scope, card, ...shown.slice(1)];
  }

  /** What there is to know of the frame's greenlet. */
  private async card(greenlet: number): Promise<DebugProtocol.Scope | undefined> {
    const { connection, bridge } = this.target;
    const { objectId } = await callRemoteForHandle(
      connection,
      bridge,
      (each, id) => each.card(id),
      greenlet,
    );
    if (objectId === undefined) return undefined;
    const variablesReference = this.hold({ kind: 'object', objectId, length: undefined });
    return { name: 'Greenlet', variablesReference, expensive: false };
  }

  /** The variables behind a reference. */
  async children(args: DebugProtocol.VariablesArguments): Promise<DebugProtocol.Variable[]> {
    const container = this.container(args.variablesReference);
    if (container.kind === 'scope') return this.scopeVariables(container);
    const { start = 0, count = 0 } = args;
    if (container.length === undefined || args.filter === undefined) {
      return this.properties(container.objectId);
    }
    const all = await this.properties(container.objectId, args.filter === 'indexed', start, count);
    return all.filter((each) => /^\d+$/.test(each.name) === (args.filter === 'indexed'));
  }

  /** The object that holds a variable, if it is one's property, and the variable's value. */
  async find(
    variablesReference: number,
    name: string,
  ): Promise<{ owner: string | undefined; value: RemoteObject | undefined }> {
    const container = this.container(variablesReference);
    const owner = container.kind === 'object' ? container.objectId : undefined;
    const objectIds = container.kind === 'object' ? [container.objectId] : container.objectIds;
    for (const objectId of objectIds) {
      const { result } = await this.describe(objectId);
      const found = result.find((each) => each.name === name);
      if (found !== undefined) return { owner, value: found.value };
    }
    return { owner, value: undefined };
  }

  /** All variables that a parked frame's names can mean, the innermost of each name. */
  async visible(record: FrameRecord): Promise<Map<string, RemoteObject>> {
    const parts = await this.parkedParts(record);
    const found = new Map<string, RemoteObject>();
    for (const { objectIds, title } of parts) {
      if (title === 'Global') continue;
      for (const objectId of objectIds) {
        for (const { name, value } of (await this.describe(objectId)).result) {
          if (value !== undefined && !found.has(name)) found.set(name, value);
        }
      }
    }
    return found;
  }

  /**
   * Sets a variable of a frame on V8's stack, or an object's property.
   *
   * @throws {UserError} for a parked frame.
   */
  async set(args: DebugProtocol.SetVariableArguments): Promise<DebugProtocol.Variable> {
    const container = this.container(args.variablesReference);
    const value = await this.evaluate(args.value);
    const newValue = callArgument(value);
    if (container.kind === 'object') {
      await this.setProperty(container.objectId, args.name, newValue);
      return this.variable(args.name, value);
    }
    const { settable } = container;
    if (settable === undefined) {
      throw new UserError(
        l10n.t(
          '{0} belongs to a parked frame, whose variables can be read but not set.',
          args.name,
        ),
      );
    }
    await this.assign(container.objectIds, settable, args.name, newValue);
    return this.variable(args.name, value);
  }

  /**
   * Sets a variable that is visible in a frame on V8's stack.
   *
   * @param value what V8 has evaluated.
   * @throws {UserError} if there is none of that name.
   */
  async setVisible(frame: CallFrame, name: string, value: RemoteObject): Promise<void> {
    const { callFrameId, scopeChain } = frame;
    const objectIds = scopeChain.map(({ object }) => object.objectId ?? '');
    const settable = { callFrameId, scopeNumbers: scopeChain.map((_, i) => i) };
    await this.assign(objectIds, settable, name, callArgument(value));
  }

  private async assign(
    objectIds: string[],
    settable: Settable,
    variableName: string,
    newValue: object,
  ): Promise<void> {
    const index = await this.scopeWith(objectIds, variableName);
    const { callFrameId, scopeNumbers } = settable;
    const scopeNumber = scopeNumbers[index];
    await this.target.connection.send('Debugger.setVariableValue', {
      ...{ scopeNumber, variableName, newValue, callFrameId },
    });
    // What V8 shows of a scope at a stop is a copy.
    await this.setProperty(objectIds[index] ?? '', variableName, newValue);
  }

  /** A value as the editor wants it: text, type, and a reference where it has children. */
  variable(name: string, object: RemoteObject): DebugProtocol.Variable {
    const { objectId } = object;
    const length = lengthOf(object);
    const hasChildren = objectId !== undefined;
    return {
      name,
      value: valueText(object),
      type: object.className ?? object.subtype ?? object.type,
      variablesReference: hasChildren ? this.hold({ kind: 'object', objectId, length }) : 0,
      ...(length !== undefined && hasChildren && { indexedVariables: length, namedVariables: 1 }),
    };
  }

  private async scopeVariables(container: Container & { kind: 'scope' }) {
    const byName = new Map<string, DebugProtocol.Variable>();
    for (const objectId of container.objectIds) {
      for (const variable of await this.properties(objectId)) {
        if (!isHelper(variable.name) && !byName.has(variable.name)) {
          byName.set(variable.name, variable);
        }
      }
    }
    const variables = [...byName.values()];
    if (container.settable !== undefined) return variables;
    const presentationHint = { attributes: ['readOnly'] };
    return variables.map((each) => ({ ...each, presentationHint }));
  }

  private async properties(
    objectId: string,
    indexed = false,
    start = 0,
    count = 0,
  ): Promise<DebugProtocol.Variable[]> {
    let source = objectId;
    if (indexed && count > 0) source = await this.slice(objectId, start, count);
    const { result, internalProperties, privateProperties } = await this.describe(source);
    const own = await this.inOwnTerms(
      result.map((each) => this.property(each)),
      result,
    );
    const hidden = (privateProperties ?? []).map((each) => this.property(each));
    const internal = (internalProperties ?? [])
      .filter(({ name }) => SHOWN_INTERNALS.has(name))
      .map(({ name, value }) => this.variable(name, value ?? { type: 'undefined' }));
    const offset = indexed && count > 0 ? start : 0;
    const renumbered = own.map((each) =>
      offset > 0 && /^\d+$/.test(each.name)
        ? { ...each, name: String(Number(each.name) + offset) }
        : each,
    );
    return [...renumbered, ...hidden, ...internal];
  }

  /** Shows the runtime's objects among some properties as what they are, not as bags of members. */
  private async inOwnTerms(
    variables: DebugProtocol.Variable[],
    descriptors: readonly PropertyDescriptor[],
  ): Promise<DebugProtocol.Variable[]> {
    const found = descriptors.flatMap(({ value }, i) =>
      value?.objectId !== undefined && RUNTIME_CLASSES.has(value.className ?? '')
        ? [{ i, objectId: value.objectId }]
        : [],
    );
    if (found.length === 0) return variables;
    const { connection, bridge } = this.target;
    const { value: texts } = await callRemoteWith(
      connection,
      bridge,
      (each: Bridge, ...objects: unknown[]) => each.describe(objects),
      [{ objectId: bridge.objectId }, ...found.map(({ objectId }) => ({ objectId }))],
      true,
    );
    const byIndex = new Map(found.map(({ i }, n) => [i, (texts as (string | null)[])[n]]));
    return variables.map((each, i) => ({ ...each, value: byIndex.get(i) ?? each.value }));
  }

  private property(descriptor: PropertyDescriptor): DebugProtocol.Variable {
    const { name, value, get } = descriptor;
    if (value !== undefined) return this.variable(name, value);
    return { name, value: get ? '(getter)' : '(setter)', variablesReference: 0 };
  }

  private describe(objectId: string): Promise<PropertiesResult> {
    return this.target.connection.send<PropertiesResult>('Runtime.getProperties', {
      objectId,
      ownProperties: true,
      generatePreview: true,
    });
  }

  private async slice(objectId: string, start: number, count: number): Promise<string> {
    const part = await callRemoteForHandle(
      this.target.connection,
      { objectId } as { objectId: string; type?: ArrayLike<unknown> },
      (list, from, to) => Array.prototype.slice.call(list, from, to),
      start,
      start + count,
    );
    return part.objectId ?? objectId;
  }

  private async setProperty(objectId: string, name: string, value: object): Promise<void> {
    await this.target.connection.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: String(function set(this: object, key: string, to: unknown) {
        Reflect.set(this, key, to);
      }),
      arguments: [{ value: name }, value],
      silent: true,
    });
  }

  private async scopeWith(objectIds: string[], name: string): Promise<number> {
    for (const [i, objectId] of objectIds.entries()) {
      const { result } = await this.describe(objectId);
      if (result.some((each) => each.name === name)) return i;
    }
    throw new UserError(l10n.t('There is no variable {0} here.', name));
  }

  private async evaluate(expression: string): Promise<RemoteObject> {
    const answer = await this.target.connection.send<EvaluateResult>('Runtime.evaluate', {
      expression: `(${expression})`,
      silent: true,
      generatePreview: true,
    });
    if (answer.exceptionDetails !== undefined) {
      const { exception, text } = answer.exceptionDetails;
      throw new UserError(exception?.description?.split('\n', 1)[0] ?? text);
    }
    return answer.result;
  }

  /** The scopes of a parked frame: V8 keeps them with the generator, and a module's with a function made in it. */
  private async parkedParts(record: FrameRecord): Promise<ScopePart[]> {
    if (record.kind !== 'parked') return groupScopes(record.frame.callFrame.scopeChain);
    const { greenlet, frame } = record;
    const object = await callRemoteForHandle(
      this.target.connection,
      this.target.bridge,
      (bridge, id, index) => bridge.frame(id, index),
      greenlet,
      frame.index,
    );
    if (object.objectId === undefined) return [{ title: 'Local', objectIds: [], numbers: [] }];
    const { internalProperties = [] } = await this.describe(object.objectId);
    const list = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
    if (list === undefined) return [{ title: 'Local', objectIds: [], numbers: [] }];
    const { result } = await this.describe(list);
    const scopes = result.flatMap(({ value }): Scope[] =>
      value === undefined ? [] : [{ type: scopeType(value.description ?? ''), object: value }],
    );
    return groupScopes(scopes);
  }

  private hold(container: Container): number {
    const reference = this.nextReference++;
    this.containers.set(reference, container);
    return reference;
  }

  private container(reference: number): Container {
    const container = this.containers.get(reference);
    if (container === undefined) {
      throw new UserError(l10n.t('These variables are no longer there: the program has gone on.'));
    }
    return container;
  }
}

/** The classes of the runtime's objects that are shown in their own terms. */
export const RUNTIME_CLASSES = new Set([
  ...['Greenlet', 'Event', 'AsyncResult', 'Semaphore', 'BoundedSemaphore', 'RLock', 'Condition'],
  ...['Queue', 'SimpleQueue', 'LifoQueue', 'PriorityQueue', 'JoinableQueue', 'Channel'],
  ...['Group', 'Pool'],
]);

/** What V8 knows of an object besides its properties, and people want to see. */
const SHOWN_INTERNALS = new Set([
  '[[Entries]]',
  '[[PromiseState]]',
  '[[PromiseResult]]',
  '[[TargetFunction]]',
  '[[BoundThis]]',
  '[[BoundArgs]]',
  '[[PrimitiveValue]]',
  '[[Target]]',
  '[[Handler]]',
]);

function callArgument({ objectId, value, unserializableValue }: RemoteObject): object {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}
