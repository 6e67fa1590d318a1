/** Calls that may switch, `await` at a module's top level, and the names that an arrow function takes from around it. */

import type { Emitter, Handler } from './emitter.ts';
import { bare, childrenOf, isFunction, type Node } from './node.ts';
import type { Scope } from './scope.ts';

/** The handlers of expressions. */
export const expressionHandlers: Readonly<Record<string, Handler>> = {
  CallExpression: emitCall,
  AwaitExpression: emitAwait,
  Identifier: emitIdentifier,
  ObjectProperty: emitProperty,
};

/**
 * Writes `f(a)` as `($r = ($g = $prepare(f, void 0, a)).next()).done ? $r.value : yield $suspend($g, SITE)`. The call of `next`
 * stands in the program's own code, so that V8's stepping goes where the program goes.
 */
function emitCall(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  if (
    activation.mode === 'plain' ||
    !unit.switching.mayPoint(node) ||
    !isProtocolCallee(node.callee)
  )
    return emitter.emitChildren(node);
  const at = positionOf(node);
  openCall(emitter, at);
  emitter.insert(`${unit.call('$prepare')}(`, at);
  emitCallee(emitter, node.callee);
  emitArguments(emitter, node);
  closeCall(emitter, node, at);
}

/** `await p` at a module's top level parks the main greenlet. */
function emitAwait(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  if (activation.mode !== 'await') return emitter.emitChildren(node);
  openCall(emitter, node.start);
  emitter.insert(`${unit.call('$await')}(`, node.start);
  emitter.blankTo(node.argument.start);
  emitter.emit(node.argument);
  emitter.copyTo(node.end);
  emitter.insert(')', node.start);
  closeCall(emitter, node, node.start);
}

function openCall(emitter: Emitter, at: number): void {
  emitter.insert(`((${emitter.temp('$r')}=(${emitter.temp('$g')}=`, at);
}

function closeCall(emitter: Emitter, node: Node, at: number): void {
  const { unit, activation } = emitter;
  const frame = emitter.temp('$g');
  const step = emitter.temp('$r');
  const callee = node.type === 'AwaitExpression' ? 'await' : describeCallee(node.callee, unit.code);
  const site = unit.site(activation.name, at, activation.guards > 0, callee);
  const rest =
    activation.mode === 'yield'
      ? `yield ${unit.call('$suspend')}(${frame},${site})`
      : `${unit.call('$resumeTop')}(await ${unit.call('$suspendTop')}(${frame},${site},${scopeArrow(emitter)}))`;
  emitter.insert(`).next()).done?${step}.value:${rest})`, at);
}

/** `eval`, `super` and `import` are no ordinary calls; an optional chain in parentheses keeps its `this` by itself. */
function isProtocolCallee(callee: Node): boolean {
  const inner = bare(callee);
  if (inner.type === 'Identifier') return inner.name !== 'eval';
  return (
    inner.type !== 'Super' && inner.type !== 'Import' && inner.type !== 'OptionalMemberExpression'
  );
}

/** Writes the callee and the value of `this`: `(f, void 0` or `(($o = o).m, $o`. */
function emitCallee(emitter: Emitter, callee: Node): void {
  const inner = bare(callee);
  if (inner.type !== 'MemberExpression') {
    emitter.emit(callee);
    emitter.insert(',void 0');
    return;
  }
  emitter.blankTo(inner.start);
  const { object } = inner;
  if (object.type === 'Super' || object.type === 'ThisExpression') {
    emitter.emitChildren(inner);
    emitter.blankTo(callee.end);
    emitter.insert(',this');
    return;
  }
  const self =
    inner.computed && mayClobber(inner.property) ? emitter.freshTemp('$o') : emitter.temp('$o');
  emitter.insert(`(${self}=`);
  emitter.emit(object);
  emitter.insert(')');
  if (inner.computed) emitter.emit(inner.property);
  emitter.copyTo(inner.end);
  emitter.blankTo(callee.end);
  emitter.insert(`,${self}`);
}

/** Whether evaluating an expression may use the helper variables. */
function mayClobber(node: Node): boolean {
  if (isFunction(node)) return false;
  if (/Call|Tagged|Await|New|Yield|Class/.test(node.type)) return true;
  return childrenOf(node).some(mayClobber);
}

function emitArguments(emitter: Emitter, node: Node): void {
  const { code } = emitter.unit;
  const types: Node | undefined = node.typeParameters ?? node.typeArguments;
  if (types) emitter.blankTo(types.end);
  const open = code.indexOf('(', emitter.cursor);
  emitter.blankTo(skipToParenthesis(code, emitter.cursor, open));
  emitter.skipTo(emitter.cursor + 1);
  if (node.arguments.length > 0) emitter.insert(',');
  emitter.emitAll(node.arguments);
  emitter.copyTo(node.end);
}

/** The offset of the `(` that opens the arguments, past comments that may hold one themselves. */
function skipToParenthesis(code: string, from: number, guess: number): number {
  let at = from;
  while (at < guess) {
    if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 2;
    else if (code.startsWith('//', at)) at = code.indexOf('\n', at) + 1;
    else if (code[at] === '(') return at;
    else at++;
  }
  return code[at] === '(' ? at : code.indexOf('(', at);
}

/** Where V8 says that a call stands: at the name of the method, else at the callee. */
function positionOf(node: Node): number {
  const callee = bare(node.callee);
  return callee.type === 'MemberExpression' ? callee.property.start : node.start;
}

const LONGEST_TEXT = 40;

/** The callee as V8 writes it in `... is not a function`. */
function describeCallee(callee: Node, code: string): string {
  const inner = bare(callee);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return '(intermediate value)';
    case 'MemberExpression': {
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
      if (kind !== 'type' && !names.includes(name)) names.push(name);
    }
  }
  return `()=>[${names.join(',')}]`;
}

/** The name without its type; `arguments` is another one inside an arrow function that has become a generator. */
function emitIdentifier(emitter: Emitter, node: Node) {
  const replaced = replacementOf(emitter, node);
  if (replaced !== undefined) {
    emitter.insert(replaced, node.start);
    emitter.skipTo(node.end);
    return;
  }
  const types: Node | undefined = node.typeAnnotation;
  if (types || node.optional) emitter.copyTo(endOfName(emitter.unit.code, node.start));
  else emitter.copyTo(node.end);
  emitter.blankTo(node.end);
}

/** `{ arguments }` with another name. */
function emitProperty(emitter: Emitter, node: Node) {
  if (!node.shorthand) return emitter.emitChildren(node);
  const replaced =
    node.value.type === 'Identifier' ? replacementOf(emitter, node.value) : undefined;
  if (replaced === undefined) return emitter.emit(node.value);
  emitter.insert(`${node.value.name}:${replaced}`, node.start);
  emitter.skipTo(node.end);
}

function replacementOf(emitter: Emitter, node: Node): string | undefined {
  const { unit } = emitter;
  if (node.name !== 'arguments' || unit.scopes.uses.get(node) !== null) return undefined;
  let { activation } = emitter;
  let moved = false;
  while (activation.fn.kind === 'arrow') {
    if (activation.mode === 'yield') moved = true;
    if (activation.parent === null) return undefined;
    activation = activation.parent;
  }
  if (!moved || activation.fn.kind === 'module') return undefined;
  activation.aliasArguments = true;
  return unit.helper('$arguments');
}

function endOfName(code: string, start: number): number {
  const match = /[\p{ID_Continue}$\u200c\u200d]*/uy;
  match.lastIndex = start;
  return start + (match.exec(code)?.[0].length ?? 0);
}
