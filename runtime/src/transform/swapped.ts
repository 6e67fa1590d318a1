/**
 * Methods that become generator methods where they stand, because only there V8 gives them `super` and private names; their
 * ordinary forms are put in place as soon as the class or the object is made.
 */

import type { Emitter, Handler } from './emitter.ts';
import type { Node } from './node.ts';
import { isRepeatableKey } from './prune.ts';
import { type Fn, isSwapped } from './scope.ts';

/** The handler of objects with such methods. */
export const objectHandlers: Readonly<Record<string, Handler>> = {
  ObjectExpression: emitObject,
};

/** `{ m() { super.m() } }` becomes `$object({ *m() {…} },0,"m")`. */
function emitObject(emitter: Emitter, node: Node) {
  const methods = dualMethods(emitter, node.properties).filter((each) =>
    isSwapped(emitter.unit.scopes.fns.get(each) as Fn),
  );
  if (methods.length === 0) return emitter.emitChildren(node);
  const list = swapList(emitter, methods);
  emitter.insert(`${emitter.unit.call('$object')}(`, node.start);
  emitter.emitChildren(node);
  emitter.insert(`,${list})`);
}

/**
 * What `$methods` and `$object` are told: for each method its kind and its key. The kind is 1 for a static one, plus 2 for an
 * `async` one, plus 4 for a generator.
 */
export function swapList(emitter: Emitter, methods: readonly Node[]): string {
  const kind = (each: Node) =>
    (each.static ? 1 : 0) + (each.async ? 2 : 0) + (each.generator ? 4 : 0);
  return methods.map((each) => `${kind(each)},${keyText(emitter, each)}`).join(',');
}

/** The methods with two forms; of several with the same key only the last exists. */
export function dualMethods({ unit }: Emitter, members: readonly Node[]): Node[] {
  const byKey = new Map<unknown, Node>();
  for (const member of members) {
    if (!/^(?:Class|Object)Method$/.test(member.type) || member.kind === 'constructor') continue;
    const isKept = member.computed && !isRepeatableKey(member.key, unit.scopes);
    byKey.set(isKept ? member : `${member.static} ${staticKey(unit.code, member)}`, member);
  }
  return [...byKey.values()].filter((member) =>
    unit.switching.mayFunction(unit.scopes.fns.get(member) as Fn),
  );
}

/** Writes a computed key; one that cannot be evaluated again is kept. */
export function emitKey(emitter: Emitter, node: Node): void {
  const kept = emitter.keptKeys.get(node);
  emitter.copyTo(node.key.start);
  if (kept !== undefined) emitter.insert(`${kept}=${emitter.unit.call('$key')}(`);
  emitter.emit(node.key);
  if (kept !== undefined) emitter.insert(')');
}

function keyText(emitter: Emitter, member: Node): string {
  const { scopes, code } = emitter.unit;
  if (!member.computed || isRepeatableKey(member.key, scopes)) return staticKey(code, member);
  const kept = emitter.freshTemp('$k');
  emitter.keptKeys.set(member, kept);
  return kept;
}

function staticKey(code: string, { key, computed }: Node): string {
  if (!computed && key.type === 'Identifier') return JSON.stringify(key.name);
  if (key.type === 'StringLiteral') return JSON.stringify(key.value);
  return code.slice(key.start, key.end);
}
