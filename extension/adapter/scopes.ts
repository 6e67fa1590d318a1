/** V8's scope chains as the scopes that an editor shows. */

import type { Scope } from '../cdp/types.ts';

/** A scope of the editor's, which may be several of V8's. */
export interface ScopePart {
  title: 'Local' | 'Closure' | 'Module' | 'Script' | 'Global';
  objectIds: string[];
  numbers: number[];
}

/** Scopes of a function that the editor sees as one: an inner block hides an outer one's names. */
const INNER = new Set(['block', 'catch', 'with', 'eval', 'local']);

/**
 * V8's scope chain as the editor's scopes. A function's blocks and its own scope become one; where there is no function, at a
 * module's top level, the module's scope is the local one.
 */
export function groupScopes(chain: readonly Scope[]): ScopePart[] {
  const isTop = !chain.some((scope) => scope.type === 'local');
  const local: ScopePart = { title: 'Local', objectIds: [], numbers: [] };
  const parts: ScopePart[] = [local];
  let isInner = true;
  chain.forEach(({ type, object }, number) => {
    const objectId = object.objectId;
    if (objectId === undefined) return;
    const joinsLocal = isInner && (INNER.has(type) || (isTop && isTopScope(type)));
    if (!joinsLocal || type === 'local' || type === 'module') isInner = false;
    if (joinsLocal) {
      local.objectIds.push(objectId);
      local.numbers.push(number);
    } else {
      parts.push({ title: titleOf(type), objectIds: [objectId], numbers: [number] });
    }
  });
  return parts;
}

function isTopScope(type: Scope['type']): boolean {
  return type === 'module' || type === 'closure';
}

function titleOf(type: Scope['type']): ScopePart['title'] {
  if (type === 'module') return 'Module';
  if (type === 'script') return 'Script';
  return type === 'global' ? 'Global' : 'Closure';
}

/** V8 describes the scopes of parked frames in words only: `Local (foo)`, `Closure (bar)`, `Module`, `Block`. */
export function scopeType(description: string): Scope['type'] {
  const word = description.split(/[ (]/, 1)[0]?.toLowerCase() ?? '';
  const known: Scope['type'][] = [
    'local',
    'block',
    'catch',
    'with',
    'closure',
    'eval',
    'module',
    'script',
    'global',
  ];
  return known.find((each) => each === word) ?? 'closure';
}
