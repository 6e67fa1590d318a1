/** The shape of a call that may switch: its parts, for all kinds of calls. */

import { FORM_SUFFIX } from '../protocol/helpers.ts';
import type { Emitter } from './emitter.ts';
import { bare, childrenOf, isFunction, type Node } from './node.ts';
import type { Scope } from './scope.ts';
import { indexOfToken } from './tokens.ts';

/**
 * Writes what stands before a call.
 *
 * @param at where the call stands.
 * @param start where its expression begins: there V8 stops before a statement of several lines.
 */
export function openCall(emitter: Emitter, at: number, start = at): void {
  emitter.insert(`((${emitter.temp('$r')}=(${emitter.temp('$g')}=`, start);
}

/**
 * Writes what stands behind a call.
 *
 * @param callee what is called, for the error if it is no function.
 */
export function closeCall(emitter: Emitter, at: number, callee: string): void {
  const { unit, activation } = emitter;
  const frame = emitter.temp('$g');
  const step = emitter.temp('$r');
  const site = unit.site(activation.name, at, activation.guards > 0, callee);
  const rest =
    activation.mode === 'yield'
      ? `yield ${unit.call('$suspend')}(${frame},${site})`
      : `${unit.call('$resumeTop')}(await ${unit.call('$suspendTop')}(${frame},${site},${scopeArrow(emitter)}))`;
  emitter.insert(`).next()).done?${step}.value:${rest})`, at);
}

/**
 * Writes the callee: `f`, or `($o = o).m`.
 *
 * @returns the value of `this` for the call: `void 0`, or `$o`.
 */
export function emitCallee(emitter: Emitter, callee: Node): string {
  const inner = bare(callee);
  if (inner.type !== 'MemberExpression') {
    emitter.emit(callee);
    return 'void 0';
  }
  emitter.blankTo(inner.start);
  const self = emitMember(emitter, inner);
  emitter.blankTo(callee.end);
  return self;
}

/**
 * Writes a member access whose object is needed again: `($o = o).m`.
 *
 * @param keep the variable that keeps the object; undefined: the one that only lives until the next call.
 * @returns the name of the object.
 */
export function emitMember(emitter: Emitter, member: Node, keep?: string): string {
  const { object, property, computed } = member;
  const isOwn = object.type === 'Super' || object.type === 'ThisExpression';
  const clobbers = computed && mayClobber(property);
  const self = isOwn
    ? emitter.thisText()
    : (keep ?? (clobbers ? emitter.freshTemp('$o') : emitter.temp('$o')));
  if (object.type === 'Super') {
    emitter.emit(member);
    return self;
  }
  const twin = isDualPrivate(emitter, member);
  if (twin) emitter.insert(`${emitter.unit.call('$link')}(`);
  if (!isOwn) emitter.insert(`(${self}=`);
  emitter.emit(object);
  if (!isOwn) emitter.insert(')');
  emitter.copyTo(property.start);
  if (computed) emitter.emit(property);
  emitter.copyTo(member.end);
  if (twin) emitter.insert(`,${self}.#${property.id.name}${FORM_SUFFIX})`);
  return self;
}

/** Whether an expression is a private method with two forms. */
export function isDualPrivate(emitter: Emitter, node: Node): boolean {
  return node.property?.type === 'PrivateName' && emitter.privates.has(node.property.id.name);
}

/** Writes a call as it stands. */
export function emitPlainCall(emitter: Emitter, node: Node, callee: Node): void {
  emitter.plainCallees.add(bare(callee));
  emitter.emitChildren(node);
}

/** Whether evaluating an expression may use the helper variables. */
export function mayClobber(node: Node): boolean {
  if (isFunction(node)) return false;
  if (/Call|Tagged|Await|New|Yield|Class/.test(node.type)) return true;
  return childrenOf(node).some(mayClobber);
}

/**
 * Writes the arguments of a call, and the closing parenthesis.
 *
 * @param separator what stands between them and what was written before.
 */
export function emitArguments(emitter: Emitter, node: Node, separator = ','): void {
  const { code } = emitter.unit;
  const types: Node | undefined = node.typeParameters ?? node.typeArguments;
  if (types) emitter.blankTo(types.end);
  emitter.blankTo(indexOfToken(code, '(', emitter.cursor));
  emitter.skipTo(emitter.cursor + 1);
  if (node.arguments.length > 0) emitter.insert(separator);
  emitter.emitAll(node.arguments);
  emitter.copyTo(node.end);
}

/** Where V8 says that a call stands: at the name of the method, else at the callee. */
export function positionOf(node: Node): number {
  const callee = bare(node.callee ?? node.tag);
  return /MemberExpression$/.test(callee.type) ? callee.property.start : node.start;
}

const LONGEST_TEXT = 40;

/** The callee as V8 writes it in `... is not a function`. */
export function describeCallee(callee: Node, code: string): string {
  const inner = bare(callee);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return '(intermediate value)';
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const object = describeCallee(inner.object, code);
      if (!inner.computed)
        return `${object}.${code.slice(inner.property.start, inner.property.end)}`;
      const { property } = inner;
      if (property.type === 'StringLiteral') return `${object}.${property.value}`;
      const key = code.slice(property.start, property.end);
      return key.length > LONGEST_TEXT || key.includes('\n')
        ? `${object}[...]`
        : `${object}[${key}]`;
    }
    case 'CallExpression':
      return `${describeCallee(inner.callee, code)}(...)`;
    default:
      return '(intermediate value)';
  }
}

/**
 * A function that is never called. It mentions the variables of the blocks around a top-level call, so that V8 keeps them where
 * a debugger can read them while main is parked.
 */
function scopeArrow(emitter: Emitter): string {
  const names: string[] = [];
  for (let at: Scope | null = emitter.scope; at !== null && at.kind !== 'module'; at = at.parent) {
    for (const { name, kind } of at.bindings.values()) {
      if (kind !== 'type' && kind !== 'member' && !names.includes(name)) names.push(name);
    }
  }
  return `()=>[${names.join(',')}]`;
}
