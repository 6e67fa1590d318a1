/** Functions: which of them get a second form, and how both forms are written. */

import { FORM_SUFFIX } from '../protocol/helpers.ts';
import { emitStatements } from './blocks.ts';
import { closingOf, openConstructor, openingOf } from './constructors.ts';
import type { Emitter, Handler, Mode } from './emitter.ts';
import { emitComputedKey } from './keyed.ts';
import { bare, type Node } from './node.ts';
import {
  emitMovedParameters,
  emitParameterList,
  emitParameters,
  firstMoved,
  lengthOf,
} from './parameters.ts';
import { emitTaking, isTakenApart } from './patterns.ts';
import { emitReturnType } from './return-type.ts';
import { boundNames, type Fn, isReplaced, isSwapped } from './scope.ts';
import { emitKey } from './swapped.ts';
import { closeBody, markOf } from './texts.ts';
import { indexOfToken } from './tokens.ts';
import { isIdentifier, type OrdinaryKind, parameters } from './unit.ts';

/** The handlers of functions, and of what gives them names. */
export const functionHandlers: Readonly<Record<string, Handler>> = {
  FunctionDeclaration: emitDeclaration,
  FunctionExpression: emitExpression,
  ArrowFunctionExpression: emitExpression,
  ObjectMethod: emitObjectMethod,
  ClassMethod: emitClassMethod,
  ClassPrivateMethod: emitPrivateMethod,
  VariableDeclarator: emitDeclarator,
  AssignmentExpression: emitAssignment,
  AssignmentPattern: emitDefault,
};

/** Remembers the name that an anonymous function or class gets from its place. */
export function inferName(emitter: Emitter, value: Node | null | undefined, name: string): void {
  if (value) emitter.unit.inferred.set(bare(value), name);
}

/**
 * `function foo(a) {…}` becomes the ordinary `function foo($0) {return $ordinary("foo", foo$g, this, arguments)}` and
 * `function* foo$g(a) {…}`.
 */
function emitDeclaration(emitter: Emitter, node: Node) {
  const { unit } = emitter;
  const fn = fnOf(emitter, node);
  if (isReplaced(node, unit.scopes)) return emitter.blankTo(node.end);
  if (!unit.switching.mayFunction(fn)) return emitPlain(emitter, node);
  if (fn.generator && !fn.async) {
    if (node.id) return emitPlain(emitter, node, 'yield');
    emitter.copyTo(indexOfToken(unit.code, '*', emitter.cursor) + 1);
    emitter.insert(` ${unit.helper('$default')}`);
    return emitPlain(emitter, node, 'yield');
  }
  const name = node.id?.name ?? unit.helper('$default');
  const form = unit.formName(name);
  const body = unit.ordinaryBody(fn, node.id?.name ?? 'default', form);
  emitter.insert(`function ${name}(${parameters(lengthOf(node))})${body} `);
  emitter.insert('function* ', node.start, name);
  emitter.insert(form, node.id?.start ?? node.start, name);
  emitter.blankTo(node.id?.end ?? headEnd(emitter, node));
  emitForm(emitter, node, fn, node.id?.name ?? 'default');
}

/** `(a) => …` and `function (a) {…}` become `$f1(function* (a) {…})`, where `$f1` makes the ordinary function. */
function emitExpression(emitter: Emitter, node: Node) {
  const { unit } = emitter;
  const fn = fnOf(emitter, node);
  if (!unit.switching.mayFunction(fn)) return emitPlain(emitter, node);
  if (fn.generator && !fn.async) return emitGeneratorExpression(emitter, node);
  const arrow = fn.kind === 'arrow';
  const ownName: string | undefined = node.id?.name;
  const name = ownName ?? unit.inferred.get(node) ?? '';
  const kind = kindOf(fn);
  const isFree = kind === 'arrow' && emitter.thisText() !== 'this';
  const bound = arrow && fn.usesThis && emitter.thisText() === 'this';
  const mark = bound ? markOf(unit, node) : '';
  const maker = unit.maker(fn, isFree ? 'method' : kind, name, lengthOf(node), mark);
  const own = ownName !== undefined && usesOwnName(emitter, node);
  if (own) emitter.insert(`(()=>{const ${ownName}=`);
  emitter.insert(bound && !fn.async ? `${maker}(${unit.call('$lean')}(` : `${maker}(`);
  emitter.insert(`function* ${formNameFor(emitter, name)}`, node.start, name || undefined);
  emitter.blankTo(node.id?.end ?? headEnd(emitter, node));
  emitForm(emitter, node, fn, name || '<anonymous>');
  if (bound) emitter.insert(fn.async ? '.bind(this)' : ').bind(this)');
  emitter.insert(own ? `);return ${ownName};})()` : ')');
}

function kindOf(fn: Fn): OrdinaryKind {
  if (fn.async) return fn.generator ? 'async generator' : 'async';
  if (fn.kind !== 'arrow') return 'function';
  return fn.usesThis ? 'arrow' : 'method';
}

/** `function* () {…}` becomes `$generator(function* () {…})`. */
function emitGeneratorExpression(emitter: Emitter, node: Node): void {
  const { unit } = emitter;
  emitter.insert(`${unit.call('$generator')}(`);
  const name = unit.inferred.get(node);
  if (!node.id && name !== undefined) emitter.insert(`({${JSON.stringify(name)}:`);
  emitPlain(emitter, node, 'yield');
  if (!node.id && name !== undefined) emitter.insert(`})[${JSON.stringify(name)}]`);
  emitter.insert(')');
}

/** `{ m(a) {…} }` becomes `{ m: $f1(function* m$g(a) {…}) }`. */
function emitObjectMethod(emitter: Emitter, node: Node) {
  const { unit } = emitter;
  const fn = fnOf(emitter, node);
  if (!unit.switching.mayFunction(fn)) return emitPlain(emitter, node);
  if (isSwapped(fn)) {
    if (fn.async) emitter.blankTo(endOfToken(emitter, 'async', node.start));
    return emitInPlace(emitter, node, fn);
  }
  const name = keyName(node) ?? '';
  if (fn.generator && !fn.async) return emitGeneratorMethod(emitter, node, name);
  if (fn.async) emitter.blankTo(endOfToken(emitter, fn.generator ? '*' : 'async', node.start));
  if (node.computed) {
    emitComputedKey(emitter, node.key);
  } else if (name === '__proto__') {
    emitter.insert('["__proto__"]', node.key.start);
    emitter.skipTo(node.key.end);
  } else {
    emitter.copyTo(node.key.end);
  }
  const maker = unit.maker(fn, fn.async ? kindOf(fn) : 'method', name, lengthOf(node));
  emitter.insert(`${node.computed ? ',' : ':'}${maker}(`);
  emitter.insert(`function* ${formNameFor(emitter, name)}`, node.start, name || undefined);
  emitForm(emitter, node, fn, name || '<anonymous>');
  emitter.insert(node.computed ? '))' : ')');
}

/** `{ *m() {…} }` becomes `{ m: $generator({ *m() {…} }.m) }`. */
function emitGeneratorMethod(emitter: Emitter, node: Node, name: string): void {
  const { unit } = emitter;
  const key = unit.code.slice(node.key.start, node.key.end);
  const text = node.computed || name === '__proto__' ? `[${JSON.stringify(name)}]` : key;
  emitter.insert(`${text}:${unit.call('$generator')}({`);
  emitPlain(emitter, node, 'yield');
  emitter.insert(`}[${JSON.stringify(name)}])`);
}

/** `m(a) {…}` in a class becomes `*m(a) {…}`; the class's first static block puts the ordinary functions in place. */
function emitClassMethod(emitter: Emitter, node: Node) {
  const fn = fnOf(emitter, node);
  if (!emitter.unit.switching.mayFunction(fn)) return emitPlain(emitter, node);
  if (fn.kind === 'constructor') return emitForm(emitter, node, fn, openConstructor(emitter, node));
  emitInPlace(emitter, node, fn);
}

/** `m(a) {…}` as `*m(a) {…}`. */
function emitInPlace(emitter: Emitter, node: Node, fn: Fn) {
  if (fn.generator && !fn.async) return emitPlain(emitter, node, 'yield');
  const star = node.computed
    ? indexOfToken(emitter.unit.code, '[', emitter.cursor)
    : node.key.start;
  emitter.copyTo(star);
  if (!fn.generator) emitter.insert('*');
  if (node.computed) {
    emitKey(emitter, node);
    emitter.copyTo(indexOfToken(emitter.unit.code, ']', node.key.end) + 1);
  } else {
    emitter.copyTo(node.key.end);
  }
  emitForm(emitter, node, fn, keyName(node) ?? '<anonymous>');
}

/** `#m(a) {…}` becomes `*#m$g(a) {…}` and its ordinary twin `#m($0) {…}`. */
function emitPrivateMethod(emitter: Emitter, node: Node) {
  const { unit } = emitter;
  const fn = fnOf(emitter, node);
  if (!unit.switching.mayFunction(fn)) return emitPlain(emitter, node);
  emitter.copyTo(node.key.start);
  const name = `#${node.key.id.name}`;
  const form = `this.${name}${FORM_SUFFIX}`;
  const isStatic = node.static ? 'static ' : '';
  if (!fn.generator) emitter.insert('*');
  emitter.insert(`${name}${FORM_SUFFIX}`, node.key.start, name);
  emitter.skipTo(node.key.end);
  emitForm(emitter, node, fn, name);
  const body = unit.ordinaryBody(fn, name, form, markOf(unit, node));
  emitter.insert(` ${isStatic}${name}(${parameters(lengthOf(node))})${body}`);
}

/** The second form from its parameters on; the cursor stands behind the name. */
function emitForm(emitter: Emitter, node: Node, fn: Fn, name: string): void {
  emitter.inside(fn, name, 'yield', () => {
    // The parameters of a generator get their values when it is called, its body runs later.
    const moved = fn.generator ? -1 : firstMoved(emitter, node);
    emitParameters(emitter, node, moved);
    emitBody(emitter, node, moved);
  });
}

/** A function that keeps one form; its own code cannot switch. */
function emitPlain(emitter: Emitter, node: Node, mode: Mode = 'plain'): void {
  const fn = fnOf(emitter, node);
  const since = emitter.rope.changes;
  const name = node.id?.name ?? keyName(node) ?? emitter.unit.inferred.get(node) ?? '<anonymous>';
  if (node.computed) {
    emitKey(emitter, node);
  } else if (node.key) {
    emitter.copyTo(node.key.end);
  } else if (node.id) {
    emitter.copyTo(node.id.end);
  }
  emitter.inside(fn, name, mode, () => {
    if (node.typeParameters) emitter.emit(node.typeParameters);
    emitter.plainly(() => emitParameterList(emitter, node.params));
    if (node.returnType) emitReturnType(emitter, node);
    if (node.body.type === 'BlockStatement') {
      emitter.copyTo(node.body.start + 1);
      emitBlockRest(emitter, node, node.body, since);
    } else {
      emitPlainConcise(emitter, node, since);
    }
  });
  emitter.copyTo(node.end);
}

/** An expression as a body: it becomes a block where it has changed, since a mark has to stand before a brace. */
function emitPlainConcise(emitter: Emitter, node: Node, since: number): void {
  emitter.copyTo(node.body.start);
  const open = emitter.rope.slot();
  emitter.emit(node.body);
  emitter.copyTo(node.end);
  if (emitter.rope.changes === since || emitter.activation.fn.leftOut) return;
  open.text = '{return ';
  emitter.insert(`;${markOf(emitter.unit, node)}}`, node.end - 1);
}

/** `this.x=x;` for each of a constructor's parameter properties. */
function propertyAssignments(emitter: Emitter, node: Node, fn: Fn): string {
  const properties = node.params.filter((each: Node) => each.type === 'TSParameterProperty');
  if (properties.length > 0 && fn.derived && !node.body.body.some(isSuperCall))
    emitter.unsupported('A parameter property where `super()` is no statement of its own', node);
  return properties
    .flatMap(boundNames)
    .map((name: string) => `${emitter.thisText()}.${name}=${name};`)
    .join('');
}

function isSuperCall(statement: Node): boolean {
  return (
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'CallExpression' &&
    statement.expression.callee.type === 'Super'
  );
}

function emitBody(emitter: Emitter, node: Node, moved: number) {
  const { body } = node;
  if (moved >= 0) {
    emitter.insert('{');
    const directives: Node[] = body.directives ?? [];
    emitter.insert(directives.map((each) => `${each.value.extra.raw};`).join(''));
    emitter.openSlot();
    emitter.insert(openingOf(emitter));
    emitMovedParameters(emitter, node, moved);
    if (body.type === 'BlockStatement') {
      if (directives.length > 0) emitter.blankTo((directives.at(-1) as Node).end);
      return emitBodyStatements(emitter, node, body);
    }
    return emitConcise(emitter, node);
  }
  if (body.type === 'BlockStatement') {
    if (node.type === 'ArrowFunctionExpression') emitter.blankTo(body.start);
    emitter.copyTo(body.start + 1);
    return emitBlockRest(emitter, node, body);
  }
  emitter.blankTo(body.start);
  emitter.insert('{');
  emitter.openSlot();
  emitConcise(emitter, node);
}

/** The body of an arrow function that is an expression. */
function emitConcise(emitter: Emitter, node: Node): void {
  emitter.insert('return ', node.body.start);
  emitter.emit(node.body);
  emitter.copyTo(node.end);
  emitter.insert(`;${markOf(emitter.unit, node)}}`, node.end - 1);
}

/**
 * A function body after its `{`.
 *
 * @param since how much had changed before the function.
 */
function emitBlockRest(emitter: Emitter, node: Node, body: Node, since = -1): void {
  emitter.emitAll(body.directives);
  emitter.openSlot();
  emitter.insert(openingOf(emitter));
  emitBodyStatements(emitter, node, body, since);
}

/** The statements of a body, and its `}`. A constructor assigns its parameter properties right after `super()`, or at once. */
function emitBodyStatements(emitter: Emitter, node: Node, body: Node, since = -1): void {
  const assignments = propertyAssignments(emitter, node, emitter.activation.fn);
  const superCall = assignments === '' ? undefined : body.body.find(isSuperCall);
  if (superCall === undefined) emitter.insert(assignments);
  emitStatements(emitter, body.body, superCall && { statement: superCall, text: assignments });
  emitter.copyTo(body.end - 1);
  emitter.insert(closingOf(emitter));
  closeBody(emitter, node, body.end, emitter.rope.changes > since);
}

/** The end of `function` in an anonymous function; an arrow function has no head. */
function headEnd(emitter: Emitter, node: Node): number {
  if (node.type === 'ArrowFunctionExpression')
    return node.async ? node.start + 'async'.length : node.start;
  return endOfToken(emitter, node.generator ? '*' : 'function', node.start);
}

function endOfToken(emitter: Emitter, token: string, from: number): number {
  return indexOfToken(emitter.unit.code, token, from) + token.length;
}

function formNameFor(emitter: Emitter, name: string): string {
  return isIdentifier(name) ? emitter.unit.formName(name) : '';
}

function usesOwnName(emitter: Emitter, node: Node): boolean {
  const binding = emitter.unit.scopes.scopes.get(node.id)?.bindings.get(node.id.name);
  const fn = fnOf(emitter, node);
  return binding === undefined || binding.used || binding.assigned || fn.usesEval;
}

/** The name that a property's key gives to its function; undefined where it is only known at run time. */
export function keyName(node: Node): string | undefined {
  const { key, computed } = node;
  if (!key) return undefined;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return String(key.value);
  return computed || key.type !== 'Identifier' ? undefined : key.name;
}

function emitDeclarator(emitter: Emitter, node: Node) {
  if (node.id.type === 'Identifier') inferName(emitter, node.init, node.id.name);
  if (node.init && isTakenApart(emitter, node.id)) {
    emitTaking(emitter, node.id, true, () => emitValue(emitter, node.init));
    return emitter.copyTo(node.end);
  }
  emitter.emit(node.id);
  if (node.definite && !node.id.typeAnnotation) emitter.blankTo(node.id.end);
  if (node.init) emitter.emit(node.init);
  emitter.copyTo(node.end);
}

function emitAssignment(emitter: Emitter, node: Node) {
  const names = ['=', '&&=', '||=', '??='].includes(node.operator);
  if (names && node.left.type === 'Identifier') inferName(emitter, node.right, node.left.name);
  // A function gets no name from a property that it is assigned to, but an object of the runtime does.
  const isNew = names && bare(node.right).type === 'NewExpression';
  if (isNew && node.left.type === 'MemberExpression' && !node.left.computed)
    inferName(
      emitter,
      node.right,
      emitter.unit.code.slice(node.left.property.start, node.left.end),
    );
  const left = bare(node.left);
  if (isTakenApart(emitter, left)) {
    // The value of an assignment is what stands on its right.
    const value = emitter.freshTemp('$k');
    emitter.insert('(', node.start);
    emitTaking(emitter, left, false, () => {
      emitter.insert(`${value}=`);
      emitValue(emitter, node.right);
    });
    return emitter.insert(`,${value})`);
  }
  emitter.emitChildren(node);
}

function emitValue(emitter: Emitter, value: Node): void {
  emitter.blankTo(value.start);
  emitter.emit(value);
}

function emitDefault(emitter: Emitter, node: Node): void {
  if (node.left.type === 'Identifier') inferName(emitter, node.right, node.left.name);
  emitter.emitChildren(node);
}

function fnOf(emitter: Emitter, node: Node): Fn {
  return emitter.unit.scopes.fns.get(node) as Fn;
}
