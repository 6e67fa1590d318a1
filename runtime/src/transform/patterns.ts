/**
 * Patterns with array patterns in them, whose iterators may switch. `[a, b = f()] = list` becomes
 * `[{}=CALL($i1.pull()),a,{}=CALL($i1.pull()),b = f(),{}=CALL($i1.close())]=($i1=CALL($list(list)))`: the pattern stays a native one,
 * with calls between its elements. An object pattern around an array pattern reads from a source, too.
 */

import { closeCall, openCall } from './call-shape.ts';
import type { Emitter, Handler } from './emitter.ts';
import { bare, childrenOf, isFunction, type Node } from './node.ts';

/** The handlers of what has patterns; declarations, assignments and loops call `emitTaking` themselves. */
export const patternHandlers: Readonly<Record<string, Handler>> = {
  CatchClause: emitCatch,
};

/** Whether a pattern needs more than its native form. */
export function isTakenApart(emitter: Emitter, pattern: Node): boolean {
  return emitter.activation.mode !== 'plain' && hasSwitchingList(emitter, pattern);
}

/**
 * Writes `PATTERN=VALUE`; the cursor stands at the pattern or before it.
 *
 * @param declares whether the pattern binds names of its own.
 * @param writeValue writes the value; the cursor stands behind the pattern, or, where there is no value in the text, anywhere.
 */
export function emitTaking(
  emitter: Emitter,
  pattern: Node,
  declares: boolean,
  writeValue: () => void,
): void {
  if (pattern.type === 'ArrayPattern' && declares && isSimple(pattern)) {
    emitter.emit(pattern);
    const last: Node | null | undefined = pattern.elements.at(-1);
    const count = last?.type === 'RestElement' ? '1/0' : String(pattern.elements.length);
    emitter.insert('=');
    emitProtocol(emitter, pattern.start, '$take', writeValue, count);
    return;
  }
  const source = emitter.freshTemp(pattern.type === 'ArrayPattern' ? '$i' : '$o');
  emitSub(emitter, pattern, source);
  emitter.insert('=');
  emitSource(emitter, pattern, source, writeValue);
}

/** Writes `CALL($spread(value))` and the like. */
export function emitProtocol(
  emitter: Emitter,
  at: number,
  helper: '$spread' | '$take' | '$list' | '$delegate' | '$delegateAsync' | '$await',
  writeValue: () => void,
  rest = '',
): void {
  openCall(emitter, at);
  emitter.insert(`${emitter.unit.call(helper)}(`, at);
  writeValue();
  emitter.insert(rest === '' ? ')' : `,${rest})`);
  closeCall(emitter, at, 'next');
}

/** Whether fetching all values first is the same as fetching one after the other. */
function isSimple(pattern: Node): boolean {
  return pattern.elements.every(
    (each: Node | null) =>
      each === null ||
      each.type === 'Identifier' ||
      (each.type === 'RestElement' && each.argument.type === 'Identifier') ||
      (each.type === 'AssignmentPattern' &&
        each.left.type === 'Identifier' &&
        isConstant(bare(each.right))),
  );
}

function isConstant(node: Node): boolean {
  return /^(?:(?:String|Numeric|Boolean|Null)Literal|(?:ArrowFunction|Function)Expression)$/.test(
    node.type,
  );
}

function hasSwitchingList(emitter: Emitter, node: Node): boolean {
  if (isFunction(node)) return false;
  if (node.type === 'ArrayPattern' && emitter.unit.switching.mayPoint(node)) return true;
  return isPatternPart(node) && patternParts(node).some((part) => hasSwitchingList(emitter, part));
}

function isPatternPart(node: Node): boolean {
  return /^(?:ArrayPattern|ObjectPattern|ObjectProperty|AssignmentPattern|RestElement)$/.test(
    node.type,
  );
}

/** The parts of a pattern that may be patterns; not its keys and defaults. */
function patternParts(node: Node): Node[] {
  switch (node.type) {
    case 'ObjectProperty':
      return [node.value];
    case 'AssignmentPattern':
      return [node.left];
    case 'RestElement':
      return [node.argument];
    default:
      return childrenOf(node);
  }
}

/** Writes a pattern that reads from a source. */
function emitSub(emitter: Emitter, pattern: Node, source: string): void {
  emitter.blankTo(pattern.start);
  if (pattern.type === 'ArrayPattern') emitList(emitter, pattern, source);
  else emitFields(emitter, pattern, source);
  emitter.blankTo(pattern.end);
}

/** Writes `($i1=CALL($list(VALUE)))` or `($o1=$fields(VALUE))`. */
function emitSource(emitter: Emitter, pattern: Node, source: string, writeValue: () => void): void {
  emitter.insert(`(${source}=`);
  if (pattern.type === 'ArrayPattern') {
    emitProtocol(emitter, pattern.start, '$list', writeValue);
  } else {
    emitter.insert(`${emitter.unit.call('$fields')}(`);
    writeValue();
    emitter.insert(')');
  }
  emitter.insert(')');
}

/** One place of a pattern: its target, and the default for it. */
interface Part {
  target: Node;
  default: Node | undefined;
  /** Where the target is a pattern that reads from a source: the variable of that. */
  source: string | undefined;
}

function partOf(emitter: Emitter, node: Node): Part {
  const inner = node.type === 'RestElement' ? node.argument : node;
  const target = bare(inner.type === 'AssignmentPattern' ? inner.left : inner);
  const isSource =
    (target.type === 'ArrayPattern' || target.type === 'ObjectPattern') && hasAnyList(target);
  return {
    target,
    default: inner.type === 'AssignmentPattern' ? inner.right : undefined,
    source: isSource ? emitter.freshTemp(target.type === 'ArrayPattern' ? '$i' : '$o') : undefined,
  };
}

function hasAnyList(node: Node): boolean {
  return (
    node.type === 'ArrayPattern' || (isPatternPart(node) && patternParts(node).some(hasAnyList))
  );
}

function emitList(emitter: Emitter, pattern: Node, source: string): void {
  const call = (text: string, at: number) => {
    openCall(emitter, at);
    emitter.insert(`${source}.${text}`, at);
    closeCall(emitter, at, 'next');
  };
  const last: Node | null | undefined = pattern.elements.at(-1);
  emitter.insert('[', pattern.start);
  for (const each of pattern.elements as (Node | null)[]) {
    const at = each?.start ?? pattern.start;
    const isRest = each?.type === 'RestElement';
    const method = isRest ? 'rest' : 'pull';
    if (each === null) {
      emitter.insert('{}=');
      call('pull()', at);
      emitter.insert(',,');
      continue;
    }
    emitter.blankTo(at);
    const part = partOf(emitter, each);
    if (part.source !== undefined) {
      emitter.insert(`{}=[${part.source}=`);
      call(`${method}(${part.target.type === 'ArrayPattern' ? 1 : 2})`, at);
      emitter.insert('],');
      emitPart(emitter, part);
    } else if (part.target.type === 'MemberExpression') {
      if (isRest) emitter.insert('...');
      emitMemberTarget(emitter, part.target, () => call(`${method}()`, at));
      emitDefault(emitter, part);
    } else {
      emitter.insert('{}=');
      call(`${method}()`, at);
      emitter.insert(',');
      emitter.emit(each);
    }
    if (!isRest) emitter.insert(',');
    emitter.blankTo(each.end);
  }
  if (last?.type !== 'RestElement') {
    emitter.insert('{}=');
    call('close()', pattern.end);
  }
  emitter.insert(']');
}

function emitFields(emitter: Emitter, pattern: Node, source: string): void {
  emitter.insert('{', pattern.start);
  for (const each of pattern.properties) {
    emitter.blankTo(each.start);
    if (each.type === 'RestElement') emitFieldsRest(emitter, each, source);
    else emitField(emitter, each, source);
    emitter.blankTo(each.end);
    emitter.insert(',');
  }
  emitter.insert('}');
}

function emitFieldsRest(emitter: Emitter, rest: Node, source: string): void {
  const { target } = partOf(emitter, rest);
  const isMember = target.type === 'MemberExpression';
  emitter.insert(isMember ? 'value:' : `[${source}.rest()]:`);
  emitter.blankTo(rest.argument.start);
  if (isMember) emitMemberTarget(emitter, target, () => emitter.insert(`${source}.rest()`));
  else emitter.emit(target);
}

function emitField(emitter: Emitter, property: Node, source: string) {
  const part = partOf(emitter, property.value);
  const { target } = part;
  const key = () => emitKey(emitter, property);
  if (part.source === undefined) {
    const isMember = target.type === 'MemberExpression';
    emitter.insert(`[${source}.${isMember ? 'key' : 'read'}(`);
    key();
    emitter.insert(')]:');
    if (!property.shorthand) emitter.blankTo(property.value.start);
    if (!isMember) return emitter.emit(property.value);
    emitMemberTarget(emitter, target, () => emitter.insert(`${source}.fetch()`));
    return emitDefault(emitter, part);
  }
  emitter.insert(`[${source}.put(${part.source}=`);
  if (target.type === 'ArrayPattern') {
    openCall(emitter, property.start);
    emitter.insert(`${source}.list(`);
    key();
    emitter.insert(')');
    closeCall(emitter, property.start, 'next');
  } else {
    emitter.insert(`${source}.fields(`);
    key();
    emitter.insert(')');
  }
  emitter.insert(')]:');
  emitPart(emitter, part);
}

function emitKey(emitter: Emitter, { key, computed, shorthand }: Node): void {
  if (computed) {
    emitter.blankTo(key.start);
    emitter.emit(key);
  } else if (key.type === 'Identifier') {
    emitter.insert(JSON.stringify(key.name), key.start);
    if (!shorthand) emitter.blankTo(key.end);
  } else {
    emitter.copyTo(key.end);
  }
}

/** A pattern that reads from a source, with its default. */
function emitPart(emitter: Emitter, part: Part): void {
  emitSub(emitter, part.target, part.source as string);
  if (part.default === undefined) return;
  const value = part.default;
  emitter.insert('=');
  emitSource(emitter, part.target, part.source as string, () => {
    emitter.blankTo(value.start);
    emitter.emit(value);
  });
}

function emitDefault(emitter: Emitter, part: Part): void {
  if (part.default === undefined) return;
  emitter.blankTo(part.target.end);
  emitter.insert('=');
  emitter.blankTo(part.default.start);
  emitter.emit(part.default);
}

/** `o[k]` as `o[($k1=k,FETCH,$k1)]`: the object and the key are evaluated before the value is fetched. */
function emitMemberTarget(emitter: Emitter, target: Node, fetch: () => void): void {
  const { object, property, computed } = target;
  emitter.blankTo(target.start);
  if (property.type === 'PrivateName') {
    const self = emitter.freshTemp('$o');
    emitter.insert(`(${self}=`);
    emitter.emit(object);
    emitter.insert(',');
    fetch();
    emitter.insert(`,${self})`);
    emitter.copyTo(target.end);
    return;
  }
  emitter.emit(object);
  emitter.blankTo(property.start);
  if (!computed) {
    emitter.insert('[(');
    fetch();
    emitter.insert(`,${JSON.stringify(property.name)})]`, property.start);
    emitter.blankTo(target.end);
    return;
  }
  const key = emitter.freshTemp('$k');
  emitter.insert(`[(${key}=`);
  emitter.emit(property);
  emitter.insert(',');
  fetch();
  emitter.insert(`,${key})]`);
  emitter.blankTo(target.end);
}

/** `catch ([a]) {…}` as `catch ($e) {let PATTERN=$e;{…}}`. */
function emitCatch(emitter: Emitter, node: Node) {
  const { param, body } = node;
  if (!param || !isTakenApart(emitter, param)) return emitter.emitChildren(node);
  const error = emitter.unit.helper('$e');
  emitter.copyTo(param.start);
  emitter.insert(error);
  const taking = emitter.rope.capture(() => {
    emitter.insert('{let ');
    emitTaking(emitter, param, true, () => emitter.insert(error));
    emitter.blankTo(param.end);
    emitter.insert(';');
  });
  emitter.insert(')');
  emitter.rope.append(taking);
  emitter.blankTo(body.start);
  emitter.emit(body);
  emitter.insert('}');
}
