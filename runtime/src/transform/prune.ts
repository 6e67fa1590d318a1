/**
 * Which functions may switch. A function that provably cannot stays untouched, and calls of it stay plain calls: most of a
 * transformed program's speed comes from here.
 */

import {
  constructorOf,
  isConstructible,
  isLoweredField,
  parentOf,
  type Target,
} from './construction.ts';
import { bare, isFunction, type Node } from './node.ts';
import { type Binding, type Fn, isSwapped, type Scopes } from './scope.ts';

/** What the emitter asks. */
export interface Switching {
  /** Whether the function gets a second form, or, for a module, awaits. */
  mayFunction(fn: Fn): boolean;
  /** Whether a call, or another point, may switch. */
  mayPoint(point: Node): boolean;
}

/** Finds the functions and points that may switch, as a fixpoint over the file's own functions. */
export function findSwitching(scopes: Scopes): Switching {
  const may = new Set<Fn>();
  const callers = new Map<Fn, Fn[]>();
  const todo: Fn[] = [];
  const add = (fn: Fn) => {
    if (may.has(fn)) return;
    may.add(fn);
    todo.push(fn);
    // Its `this` comes from the constructor around it, which has to hand it over.
    if (fn.kind === 'arrow' && fn.derived && fn.usesThis) add(homeOf(fn));
  };
  for (const fn of scopes.fns.values()) {
    if (!isPossible(fn, scopes)) continue;
    for (const point of fn.points) {
      const target = targetOf(point, scopes);
      if (target === 'unknown') add(fn);
      else if (target !== 'plain') callers.set(target, [...(callers.get(target) ?? []), fn]);
    }
  }
  for (let fn = todo.pop(); fn !== undefined; fn = todo.pop()) {
    for (const caller of callers.get(fn) ?? []) add(caller);
  }
  return {
    mayFunction: (fn) => may.has(fn),
    mayPoint: (point) => {
      const target = targetOf(point, scopes);
      return target === 'unknown' || (target !== 'plain' && may.has(target));
    },
  };
}

/** Whether a function can have a second form at all. What cannot runs as plain code: a switch in it throws. */
function isPossible(fn: Fn, scopes: Scopes): boolean {
  if (fn.leftOut) return false;
  if (fn.kind === 'module') return !(scopes.isScript && fn.namesYield);
  if (fn.namesYield || (fn.usesCallee && !fn.strict)) return false;
  if (fn.usesTarget && homeOf(fn).isOpenInParams) return false;
  const { kind, node } = fn;
  if (kind === 'arrow') {
    const pinned = fn.usesEval || fn.writesSuper;
    if (fn.derived && fn.usesThis && !isConstructible(homeOf(fn), scopes)) return false;
    if (fn.usesArguments && !hasOwnArguments(fn, scopes)) return false;
    return (
      !pinned &&
      !(fn.inParams && (fn.usesArguments || fn.usesSuper || fn.usesTarget)) &&
      hasHome(fn)
    );
  }
  if (kind === 'function') {
    if (node.type === 'FunctionDeclaration') return fn.hoisted;
    return fn.strict || !assignsOwnName(node, scopes);
  }
  if (kind === 'constructor') return isConstructible(fn, scopes);
  if (kind === 'field')
    return isLoweredField(node, scopes) && isConstructible(constructionOf(node, scopes), scopes);
  if (kind !== 'method') return false;
  if (node.type === 'ClassPrivateMethod') return true;
  if (node.type === 'ObjectMethod' && !isSwapped(fn)) return true;
  return !node.computed || isRepeatableKey(node.key, scopes) || hasSlot(fn);
}

/** Whether the `arguments` of an arrow function are those of a function around it, and no variable of the program. */
function hasOwnArguments(fn: Fn, scopes: Scopes): boolean {
  if (scopes.bindsArguments || fn.usesWith) return false;
  return homeOf(fn).kind !== 'module' || scopes.isScript;
}

/** Whether the `super` of an arrow function, if it uses it, is that of a function with a body, where an alias can stand. */
function hasHome(fn: Fn): boolean {
  if (!fn.usesSuper) return true;
  return /^(?:method|accessor|constructor)$/.test(homeOf(fn).kind);
}

/** The nearest function with its own `this`: the function itself, or one around an arrow function. */
function homeOf(fn: Fn): Fn {
  let home = fn;
  while (home.kind === 'arrow') home = home.parent as Fn;
  return home;
}

/** What constructing with the class of a field runs. */
function constructionOf(member: Node, scopes: Scopes): Fn {
  const { body } = scopes.classOf.get(member) as Node;
  const written = body.body.find((each: Node) => each.kind === 'constructor' && each.body);
  return scopes.fns.get(written ?? body) as Fn;
}

/** Whether a function expression assigns to its own name: in sloppy mode nothing happens then, which no other binding can imitate. */
function assignsOwnName({ id }: Node, scopes: Scopes): boolean {
  return Boolean(id) && scopes.scopes.get(id)?.bindings.get(id.name)?.assigned === true;
}

/** Whether a method stands in a function that has a place for helper variables, one of which can keep its key. */
function hasSlot({ inParams, parent }: Fn): boolean {
  if (inParams || parent === null || parent.kind === 'field' || parent.kind === 'static')
    return false;
  return parent.kind === 'module' || parent.node.body?.type === 'BlockStatement';
}

/** Whether a computed key can be evaluated a second time: a literal, or a well-known symbol. */
export function isRepeatableKey(key: Node, scopes: Scopes): boolean {
  if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return true;
  if (key.type !== 'MemberExpression' || key.computed) return false;
  const { object } = key;
  return (
    object.type === 'Identifier' && object.name === 'Symbol' && scopes.uses.get(object) === null
  );
}

/** What a point runs: a function of this file, something that never switches, or anything. */
export function targetOf(point: Node, scopes: Scopes): Target {
  switch (point.type) {
    case 'CallExpression':
      if (point.callee.type === 'Super') return parentOf(scopes.classOf.get(point), scopes);
      return calleeOf(bare(point.callee), scopes);
    case 'NewExpression':
      return constructorOf(point, scopes);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parentOf(point, scopes);
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return scopes.fns.get(point) ?? 'plain';
    case 'OptionalCallExpression':
      return calleeOf(bare(point.callee), scopes);
    case 'TaggedTemplateExpression':
      return calleeOf(bare(point.tag), scopes);
    case 'AwaitExpression':
    case 'VariableDeclaration':
      return 'unknown';
    case 'SpreadElement':
      return isKnownList(point.argument, scopes) ? 'plain' : 'unknown';
    case 'ArrayPattern': {
      const from = scopes.takenFrom.get(point);
      return from !== undefined && isKnownList(from, scopes) ? 'plain' : 'unknown';
    }
    case 'YieldExpression':
      return point.delegate && !isKnownList(point.argument, scopes) ? 'unknown' : 'plain';
    case 'ForOfStatement':
      return !point.await && isNativeList(point.right) ? 'plain' : 'unknown';
    default:
      return 'plain';
  }
}

/** The same for an expression that is a rest parameter, too. */
function isKnownList(node: Node, scopes: Scopes): boolean {
  if (isNativeList(node)) return true;
  const inner = bare(node);
  if (inner.type !== 'Identifier') return false;
  const binding = scopes.uses.get(inner);
  return binding?.rest === true && !binding.assigned;
}

/** Whether an expression makes an array or a string right there, whose iterator is the built-in one. */
function isNativeList(node: Node): boolean {
  const inner = bare(node);
  return /^(?:ArrayExpression|StringLiteral|TemplateLiteral)$/.test(inner.type);
}

function calleeOf(callee: Node, scopes: Scopes): Fn | 'plain' | 'unknown' {
  switch (callee.type) {
    case 'Super':
    case 'Import':
      return 'plain';
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return callOf(scopes.fns.get(callee));
    case 'Identifier': {
      if (scopes.madeUp.has(callee.name)) return 'plain';
      const binding = scopes.uses.get(callee);
      if (binding === undefined) return 'unknown';
      if (binding === null) return isPlainGlobal(callee.name, scopes) ? 'plain' : 'unknown';
      if (isPlainImport(binding)) return 'plain';
      return callOf(functionOf(binding, scopes));
    }
    case 'MemberExpression': {
      const { object, property, computed } = callee;
      // Vitest finds the place of an inline snapshot in its caller's frame, which has to be the program's.
      if (!computed && /InlineSnapshot$/.test(property.name ?? '')) return 'plain';
      if (computed || object.type !== 'Identifier' || property.type !== 'Identifier')
        return 'unknown';
      if (scopes.madeUp.has(object.name)) return 'plain';
      const binding = scopes.uses.get(object);
      if (binding && isPlainImport(binding)) return 'plain';
      if (binding !== null || scopes.assignedGlobals.has(object.name)) return 'unknown';
      return isPlainMember(object.name, property.name) ? 'plain' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** What a call of a function runs: an `async` function or a generator only makes its promise or its iterator. */
function callOf(fn: Fn | undefined): Fn | 'plain' | 'unknown' {
  if (fn === undefined) return 'unknown';
  return fn.async || fn.generator ? 'plain' : fn;
}

/** The function that a binding always means. */
function functionOf(binding: Binding, scopes: Scopes): Fn | undefined {
  const { value, assigned, kind } = binding;
  if (assigned || value === undefined) return undefined;
  if (kind !== 'function' && kind !== 'const' && kind !== 'self') return undefined;
  const node = bare(value);
  return isFunction(node) ? scopes.fns.get(node) : undefined;
}

/** Whether a name is imported or required from a module of Node's that never switches. */
function isPlainImport({ source }: Binding): boolean {
  return source !== undefined && PLAIN_MODULES.has(source);
}

/**
 * Test runners find the place of a test in its caller's frame, which has to be the program's; and Vitest moves `vi.mock(…)`, which it
 * has to recognize.
 */
const PLAIN_MODULES = new Set(['node:os', 'node:path', 'node:test', 'node:url', 'vitest']);

const PLAIN_GLOBALS = new Set([
  'eval',
  'BigInt',
  'Boolean',
  'Number',
  'Object',
  'String',
  'Symbol',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'require',
  'structuredClone',
]);

/** Namespaces whose functions never call back in a way that could switch. */
const PLAIN_NAMESPACES: Readonly<Record<string, ReadonlySet<string> | 'all'>> = {
  Math: 'all',
  Number: 'all',
  String: 'all',
  JSON: 'all',
  Date: 'all',
  performance: 'all',
  console: 'all',
  vi: 'all',
  process: new Set(['cwd', 'exit', 'hrtime', 'memoryUsage', 'on', 'once', 'off', 'uptime']),
  Array: new Set(['isArray', 'of']),
  Object: new Set([
    'assign',
    'create',
    'defineProperties',
    'defineProperty',
    'entries',
    'freeze',
    'getOwnPropertyDescriptor',
    'getOwnPropertyNames',
    'getOwnPropertySymbols',
    'getPrototypeOf',
    'hasOwn',
    'is',
    'isFrozen',
    'keys',
    'seal',
    'setPrototypeOf',
    'values',
  ]),
  Symbol: 'all',
  BigInt: 'all',
};

function isPlainGlobal(name: string, scopes: Scopes): boolean {
  return PLAIN_GLOBALS.has(name) && !scopes.assignedGlobals.has(name);
}

function isPlainMember(object: string, property: string): boolean {
  if (!Object.hasOwn(PLAIN_NAMESPACES, object)) return false;
  const known = PLAIN_NAMESPACES[object];
  return known === 'all' || known?.has(property) === true;
}
