/** Calls that may switch, `await` at a module's top level, and the names that an arrow function takes from around it. */

import { FORM_SUFFIX } from '../protocol/helpers.ts';
import {
  closeCall,
  describeCallee,
  emitArguments,
  emitCallee,
  emitPlainCall,
  isDualPrivate,
  openCall,
  positionOf,
} from './call-shape.ts';
import { emitChain, emitDeletedChain } from './chains.ts';
import { emitConstruction, emitSuperConstruction } from './constructors.ts';
import type { Emitter, Handler } from './emitter.ts';
import { inferName, keyName } from './functions.ts';
import { emitKeyedFunction } from './keyed.ts';
import { bare, type Node } from './node.ts';

/** The handlers of expressions. */
export const expressionHandlers: Readonly<Record<string, Handler>> = {
  CallExpression: emitCall,
  OptionalCallExpression: emitChain,
  OptionalMemberExpression: emitChain,
  MemberExpression: emitMemberExpression,
  TaggedTemplateExpression: emitTagged,
  UnaryExpression: emitUnary,
  NewExpression: emitNew,
  ImportExpression: (emitter, node) => {
    if (emitter.activation.fn.leftOut) return emitter.emitChildren(node);
    emitter.insert(`${emitter.unit.call('$import')}(`, node.start);
    emitter.emitChildren(node);
    emitter.insert(')');
  },
  AwaitExpression: emitAwait,
  Identifier: emitIdentifier,
  ObjectProperty: emitProperty,
};

/**
 * Writes `f(a)` as `($r = ($g = $call(($f = f)?.[$form], $f, void 0, a)).next()).done ? $r.value : yield $suspend($g, SITE)`. The
 * call of `next` stands in the program's own code, so that V8's stepping goes where the program goes.
 */
function emitCall(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  if (emitSuperConstruction(emitter, node)) return;
  if (
    activation.mode === 'plain' ||
    !unit.switching.mayPoint(node) ||
    !isProtocolCallee(node.callee)
  ) {
    if (isBind(node) && !activation.fn.leftOut) return emitBind(emitter, node);
    if (bare(node.callee).object?.type === 'Super' && isSuperRenamed(emitter))
      return emitSuperCall(emitter, node);
    return emitPlainCall(emitter, node, node.callee);
  }
  const callee = bare(node.callee);
  if (isDualPrivate(emitter, callee)) return emitPrivateCall(emitter, node, callee);
  const at = positionOf(node);
  openCall(emitter, at, node.start);
  const f = emitter.temp('$f');
  emitter.insert(`${unit.call('$call')}((${f}=`, at);
  const self = emitCallee(emitter, node.callee);
  emitter.insert(`)?.[${unit.call('$form')}],${f},${self}`);
  emitArguments(emitter, node);
  closeCall(emitter, at, describeCallee(node.callee, unit.code));
}

/** `await p` parks the greenlet of the `async` function, or, at a module's top level, main. */
function emitAwait(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  if (activation.mode === 'plain') return emitter.emitChildren(node);
  openCall(emitter, node.start);
  emitter.insert(`${unit.call('$await')}(`, node.start);
  emitter.blankTo(node.argument.start);
  emitter.emit(node.argument);
  emitter.copyTo(node.end);
  emitter.insert(')', node.start);
  closeCall(emitter, node.start, 'await');
}

/** `eval`, `super` and `import` are no ordinary calls; an optional chain in parentheses keeps its `this` by itself. */
function isProtocolCallee(callee: Node): boolean {
  const inner = bare(callee);
  if (inner.type === 'Identifier') return inner.name !== 'eval';
  return (
    inner.type !== 'Super' && inner.type !== 'Import' && inner.type !== 'OptionalMemberExpression'
  );
}

/** Whether `super` goes by another name here. */
function isSuperRenamed(emitter: Emitter): boolean {
  return emitter.isDerivedForm() || emitter.homeOfArrow() !== undefined;
}

/** `super.m(a)` as a plain call, where `super` goes by another name. */
function emitSuperCall(emitter: Emitter, node: Node): void {
  emitter.emit(node.callee);
  emitter.insert(`.call(${emitter.thisText()}`, node.start);
  emitArguments(emitter, node);
}

/** Whether a call may be that of a function's `bind`. */
function isBind(node: Node): boolean {
  const callee = bare(node.callee);
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  return callee.property.name === 'bind' && callee.object.type !== 'Super';
}

/** `f.bind(o)` in code that cannot switch: the bound function gets a second form all the same. */
function emitBind(emitter: Emitter, node: Node): void {
  emitter.insert(`${emitter.unit.call('$bind')}(`, node.start);
  const callee = bare(node.callee);
  emitter.blankTo(callee.object.start);
  emitter.emit(callee.object);
  emitter.blankTo(node.callee.end);
  emitArguments(emitter, node);
}

/** A private method has a twin, which is called directly: `o.#m(a)` runs the frame `o.#m$g(a)`. */
function emitPrivateCall(emitter: Emitter, node: Node, callee: Node): void {
  const at = positionOf(node);
  openCall(emitter, at, node.start);
  emitter.blankTo(callee.start);
  emitter.emit(callee.object);
  emitter.copyTo(callee.property.end);
  emitter.insert(`${FORM_SUFFIX}(`);
  emitArguments(emitter, node, '');
  closeCall(emitter, at, describeCallee(node.callee, emitter.unit.code));
}

/** A private method as a value: it learns of its twin when it is read, for nobody can reach it before. */
function emitPrivateRead(emitter: Emitter, node: Node): void {
  const { unit } = emitter;
  const name = unit.code.slice(node.property.start, node.property.end);
  const o = unit.helper('$o');
  emitter.insert(`((${o})=>${unit.call('$link')}(${o}.${name},${o}.${name}${FORM_SUFFIX}))(`);
  emitter.emit(node.object);
  emitter.blankTo(node.end);
  emitter.insert(')');
}

function emitMemberExpression(emitter: Emitter, node: Node) {
  if (node.object.type === 'Super') return emitSuper(emitter, node);
  if (isDualPrivate(emitter, node) && !emitter.plainCallees.has(node))
    return emitPrivateRead(emitter, node);
  emitter.emitChildren(node);
}

/** `super.m`; inside an arrow function that has become a generator it is `$super("m")`, in a derived class's constructor `$c.get("m")`. */
function emitSuper(emitter: Emitter, node: Node) {
  if (!isSuperRenamed(emitter)) return emitter.emitChildren(node);
  const home = emitter.home();
  const isDerived = emitter.isDerivedForm();
  if (!isDerived) home.aliasSuper = true;
  const read = emitter.unit.helper(isDerived ? '$c' : '$super');
  emitter.insert(isDerived ? `${read}.get(` : `${read}(`, node.start);
  emitter.blankTo(node.property.start);
  if (node.computed) {
    emitter.emit(node.property);
  } else {
    emitter.insert(JSON.stringify(node.property.name), node.property.start);
    emitter.blankTo(node.property.end);
  }
  emitter.blankTo(node.end);
  emitter.insert(')');
}

/** `const jobs = new Queue()` tells the queue its name, for the debugger and for reports. */
function emitNew(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  if (activation.mode !== 'plain' && unit.switching.mayPoint(node))
    return emitConstruction(emitter, node);
  const name = unit.inferred.get(node);
  if (name === undefined || activation.fn.leftOut || !isOfRuntime(emitter, node.callee))
    return emitter.emitChildren(node);
  emitter.insert(`${unit.call('$name')}(`, node.start);
  emitter.emitChildren(node);
  emitter.insert(`,${JSON.stringify(name)})`);
}

/** Whether a class is imported from this package. */
function isOfRuntime(emitter: Emitter, callee: Node): boolean {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  const binding = root.type === 'Identifier' ? emitter.unit.scopes.uses.get(root) : undefined;
  return /^greenlets(?:\/|$)/.test(binding?.source ?? '');
}

/** A tag gets the template's own strings, which stay the same object at every call. */
function emitTagged(emitter: Emitter, node: Node) {
  const { unit, activation } = emitter;
  const inner = bare(node.tag);
  if (
    activation.mode === 'plain' ||
    !unit.switching.mayPoint(node) ||
    inner.type === 'Super' ||
    inner.type === 'OptionalMemberExpression'
  )
    return emitPlainCall(emitter, node, node.tag);
  const at = positionOf(node);
  openCall(emitter, at, node.start);
  emitter.insert(`${unit.call('$prepare')}(`, at);
  const self = emitCallee(emitter, node.tag);
  emitter.insert(`,${self},...${unit.call('$template')}`);
  emitter.blankTo(node.quasi.start);
  emitter.emit(node.quasi);
  emitter.insert(')');
  closeCall(emitter, at, describeCallee(node.tag, unit.code));
}

/** `delete a?.b().c` is `true` where the chain stops. */
function emitUnary(emitter: Emitter, node: Node) {
  const argument = bare(node.argument);
  if (node.operator !== 'delete' || !/^OptionalMember/.test(argument.type))
    return emitter.emitChildren(node);
  const start = emitter.cursor;
  const lowered = emitter.rope.capture(() => {
    emitter.blankTo(argument.start);
    if (!emitDeletedChain(emitter, argument)) emitter.cursor = start;
    else emitter.blankTo(node.end);
  });
  if (emitter.cursor === start) emitter.emitChildren(node);
  else emitter.rope.append(lowered);
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
  if (!node.shorthand) {
    if (node.computed && emitKeyedFunction(emitter, node)) return;
    const name = node.computed ? undefined : keyName(node);
    if (name !== undefined && name !== '__proto__') inferName(emitter, node.value, name);
    return emitter.emitChildren(node);
  }
  const replaced =
    node.value.type === 'Identifier' ? replacementOf(emitter, node.value) : undefined;
  if (replaced === undefined) return emitter.emit(node.value);
  emitter.insert(`${node.value.name}:${replaced}`, node.start);
  emitter.skipTo(node.end);
}

function replacementOf(emitter: Emitter, node: Node): string | undefined {
  const { unit } = emitter;
  const binding = unit.scopes.uses.get(node);
  if (binding?.kind === 'member') return `${binding.value?.id.name}[${JSON.stringify(node.name)}]`;
  if (node.name !== 'arguments' || unit.scopes.uses.get(node) !== null) return undefined;
  const home = emitter.homeOfArrow();
  if (home === undefined) return undefined;
  home.aliasArguments = true;
  return unit.helper('$arguments');
}

function endOfName(code: string, start: number): number {
  const match = /[\p{ID_Continue}$\u200c\u200d]*/uy;
  match.lastIndex = start;
  return start + (match.exec(code)?.[0].length ?? 0);
}
