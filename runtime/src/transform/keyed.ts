/** Functions under computed keys, which get their names from them. */

import type { Emitter } from './emitter.ts';
import { bare, type Node } from './node.ts';
import type { Fn } from './scope.ts';
import { indexOfToken } from './tokens.ts';

/** `{ [key]: () => … }`: writes the property, if its value is such a function and has two forms. */
export function emitKeyedFunction(emitter: Emitter, node: Node): boolean {
  const value = bare(node.value);
  const isAnonymous = /^(?:Arrow)?FunctionExpression$/.test(value.type) && !value.id;
  if (!isAnonymous || !emitter.unit.switching.mayFunction(emitter.unit.scopes.fns.get(value) as Fn))
    return false;
  if (value.generator && !value.async) return false;
  emitComputedKey(emitter, node.key);
  emitter.insert(',');
  emitter.blankTo(node.value.start);
  emitter.emit(node.value);
  emitter.insert(')');
  return true;
}

/** `[key]` in an object becomes `...$keyed(key`, which gives its name to the function that follows. */
export function emitComputedKey(emitter: Emitter, key: Node): void {
  emitter.blankTo(indexOfToken(emitter.unit.code, '[', emitter.cursor));
  emitter.insert(`...${emitter.unit.call('$keyed')}(`);
  emitter.skipTo(emitter.cursor + 1);
  emitter.emit(key);
  emitter.blankTo(indexOfToken(emitter.unit.code, ']', key.end) + 1);
}
