/** What `new` runs: which classes can have a second form, and which of their fields are initialized by forms. */

import { bare, type Node } from './node.ts';
import type { Binding, Fn, Scopes } from './scope.ts';

/** What a call runs: a function of this file, something that never switches, or anything. */
export type Target = Fn | 'plain' | 'unknown';

/** What `new callee(…)` runs. */
export function constructorOf({ callee, arguments: list }: Node, scopes: Scopes): Target {
  const target = targetOfClass(bare(callee), scopes);
  if (target !== 'takes') return target;
  const first: Node | undefined = list?.[0];
  return first === undefined || bare(first).type === 'NullLiteral' || isFreshList(first)
    ? 'plain'
    : 'unknown';
}

/** What `super(…)` runs in a class. */
export function parentOf(node: Node | undefined, scopes: Scopes): Target {
  if (!node?.superClass) return 'unknown';
  const target = targetOfClass(bare(node.superClass), scopes);
  return target === 'takes' ? 'unknown' : target;
}

/** Whether a class can have a second form. */
export function isConstructible(fn: Fn, scopes: Scopes): boolean {
  const node = scopes.classOf.get(fn.node);
  if (node === undefined || fn.usesEval || fn.isOpenInParams) return false;
  if (fn.derived && fn.writesSuper) return false;
  if (!node.id && node.body.body.some(mayBeName)) return false;
  return loweredFields(node).every(
    (member) => !member.computed && !scopes.fns.get(member)?.usesEval,
  );
}

/** Whether a field's initializer can be a form. */
export function isLoweredField(member: Node, scopes: Scopes): boolean {
  const node = scopes.classOf.get(member);
  return node !== undefined && loweredFields(node).includes(member);
}

/**
 * The fields that a class with a second form initializes by forms: those from the first one on whose initializer does anything
 * that could be noticed. The others are left to V8.
 */
export function loweredFields(node: Node): Node[] {
  const fields: Node[] = node.body.body.filter(
    (member: Node) =>
      !member.static && !member.declare && /^Class(?:Private)?Property$/.test(member.type),
  );
  const first = fields.findIndex(({ value }) => value && !isPure(bare(value)));
  return first < 0 ? [] : fields.slice(first);
}

/** Whether a static member may give a class without a name its `name`. */
function mayBeName(member: Node): boolean {
  return (
    member.static &&
    (member.computed || member.key?.name === 'name' || member.key?.value === 'name')
  );
}

/** Whether nobody can tell how often an expression is evaluated. */
function isPure(node: Node): boolean {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'BigIntLiteral':
    case 'RegExpLiteral':
    case 'Identifier':
    case 'ThisExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'UnaryExpression':
      return /^(?:[-!]|void|typeof)$/.test(node.operator) && /Literal$/.test(node.argument.type);
    case 'ArrayExpression':
      return node.elements.every((each: Node | null) => each === null || isPure(bare(each)));
    case 'ObjectExpression':
      return node.properties.every(
        (each: Node) =>
          each.type === 'ObjectProperty' && !each.computed && isPure(bare(each.value)),
      );
    default:
      return false;
  }
}

/** What constructing with a class or function runs; `takes` for built-in classes that ask their argument for values. */
function targetOfClass(node: Node, scopes: Scopes): Target | 'takes' {
  if (node.type === 'ClassExpression') return constructionOf(node, scopes);
  if (node.type === 'FunctionExpression') return scopes.fns.get(node) ?? 'unknown';
  if (node.type === 'NullLiteral') return 'plain';
  if (node.type === 'MemberExpression') {
    const root = bare(node.object);
    const binding = root.type === 'Identifier' ? scopes.uses.get(root) : undefined;
    return binding && isOfRuntime(binding) ? 'plain' : 'unknown';
  }
  if (node.type !== 'Identifier') return 'unknown';
  const binding = scopes.uses.get(node);
  if (binding === undefined) return 'unknown';
  if (binding === null) {
    if (scopes.assignedGlobals.has(node.name)) return 'unknown';
    if (TAKING_CLASSES.has(node.name)) return 'takes';
    return PLAIN_CLASSES.test(node.name) ? 'plain' : 'unknown';
  }
  if (isOfRuntime(binding)) return 'plain';
  if (binding.assigned || binding.value === undefined) return 'unknown';
  const value = bare(binding.value);
  if (/^Class/.test(value.type)) return constructionOf(value, scopes);
  if (/^Function/.test(value.type)) return scopes.fns.get(value) ?? 'unknown';
  return 'unknown';
}

/** What constructing with a class of this file runs. */
function constructionOf(node: Node, scopes: Scopes): Target {
  const written = node.body.body.find(
    (member: Node) => member.kind === 'constructor' && member.body,
  );
  return scopes.fns.get(written ?? node.body) ?? 'unknown';
}

/** The runtime's own classes never switch when they are made. */
function isOfRuntime({ source }: Binding): boolean {
  return /^greenlets(?:\/|$)/.test(source ?? '');
}

function isFreshList(node: Node): boolean {
  return (
    bare(node).type === 'ArrayExpression' &&
    bare(node).elements.every((each: Node | null) => each?.type !== 'SpreadElement')
  );
}

const TAKING_CLASSES = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise']);
const PLAIN_CLASSES =
  /^(?:Object|Array|Boolean|Number|String|Date|RegExp|(?:\w*Error)|AggregateError|ArrayBuffer|SharedArrayBuffer|DataView|WeakRef|FinalizationRegistry|Proxy|Function|URL|URLSearchParams|TextEncoder|TextDecoder|AbortController|Event|EventTarget|Blob|Headers|Response|Request|Worker|MessageChannel|Intl)$/;
