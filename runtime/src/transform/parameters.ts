/** Parameter lists. `yield` is illegal in them: where a default may switch, the list moves into the body. */

import type { Emitter } from './emitter.ts';
import { bare, childrenOf, isFunction, type Node } from './node.ts';
import { emitTaking, isTakenApart } from './patterns.ts';
import { boundNames } from './scope.ts';
import { indexOfToken } from './tokens.ts';

/**
 * Writes a parameter list and leaves the return type out.
 *
 * @param moved the index of the first parameter that moves into the body; -1 for none.
 */
export function emitParameters(emitter: Emitter, node: Node, moved: number) {
  if (node.typeParameters) emitter.emit(node.typeParameters);
  const bareArrow = isBareArrow(emitter, node);
  if (bareArrow) emitter.insert('(');
  emitter.plainly(() =>
    emitParameterList(emitter, moved < 0 ? node.params : node.params.slice(0, moved)),
  );
  if (moved >= 0) return emitPlaceholders(emitter, node, moved);
  if (bareArrow) emitter.insert(')');
  else emitter.copyTo(closingParenthesis(emitter, node) + 1);
  if (node.returnType) {
    emitter.copyTo(node.returnType.start);
    emitter.blankTo(node.returnType.end);
  }
}

/** `x => …`, without parentheses. */
function isBareArrow(emitter: Emitter, node: Node): boolean {
  const [first] = node.params;
  if (node.type !== 'ArrowFunctionExpression' || first?.type !== 'Identifier') return false;
  return (
    first.start === node.start || !emitter.unit.code.slice(node.start, first.start).includes('(')
  );
}

/** In place of the parameters that move into the body: `$p1 = void 0, ...$p2)`. The default keeps `arguments` unmapped. */
function emitPlaceholders(emitter: Emitter, node: Node, moved: number): void {
  if (moved === 0) emitter.copyTo(indexOfToken(emitter.unit.code, '(', emitter.cursor) + 1);
  else emitter.insert(',');
  const names = node.params
    .slice(moved)
    .map((each: Node, index: number) => placeholder(emitter, each, index));
  emitter.insert(`${names.join(',')})`);
}

function placeholder(emitter: Emitter, parameter: Node, index: number): string {
  const name = emitter.unit.helper(`$p${index + 1}`);
  if (parameter.type === 'RestElement') return `...${name}`;
  return index === 0 ? `${name}=void 0` : name;
}

/** `let b=$p1===void 0?g():$p1,{x}=$p2;` at the head of the body. */
export function emitMovedParameters(emitter: Emitter, node: Node, moved: number) {
  const { unit } = emitter;
  emitter.insert(`${declaresAgain(emitter, node) ? 'var' : 'let'} `);
  for (const [index, parameter] of node.params.slice(moved).entries()) {
    const each = withoutModifiers(parameter);
    const given = unit.helper(`$p${index + 1}`);
    if (index > 0) emitter.insert(',');
    const target = each.type === 'RestElement' ? each.argument : (each.left ?? each);
    if (isTakenApart(emitter, target)) {
      emitter.blankTo(target.start);
      emitTaking(emitter, target, true, () => emitGiven(emitter, each, given));
    } else if (each.type === 'RestElement') {
      emitter.blankTo(each.argument.start);
      emitter.emit(each.argument);
      emitter.insert(`=${given}`);
    } else if (each.type !== 'AssignmentPattern') {
      emitter.blankTo(each.start);
      emitter.emit(each);
      emitter.insert(`=${given}`);
    } else if (each.left.type === 'Identifier' && isAnonymous(each.right)) {
      emitter.blankTo(each.start);
      emitter.insert('{p:');
      emitter.emit(each);
      emitter.insert(`}={p:${given}}`);
    } else {
      emitter.blankTo(each.start);
      emitter.emit(each.left);
      emitter.insert('=');
      emitGiven(emitter, each, given);
    }
    emitter.blankTo(each.end);
  }
  emitter.insert(';');
  if (node.body.type === 'BlockStatement') emitter.blankTo(node.body.start + 1);
  else emitter.blankTo(node.body.start);
}

/** What a parameter is: `$p1`, or `$p1===void 0?DEFAULT:$p1`. */
function emitGiven(emitter: Emitter, parameter: Node, given: string) {
  if (parameter.type !== 'AssignmentPattern') return emitter.insert(given);
  emitter.insert(`${given}===void 0?`);
  emitter.blankTo(parameter.right.start);
  emitter.emit(parameter.right);
  emitter.insert(`:${given}`);
}

/** Whether an expression is a function or class that takes its name from where it stands. */
function isAnonymous(value: Node): boolean {
  const node = bare(value);
  return /^(?:ArrowFunction|Function|Class)Expression$/.test(node.type) && !node.id;
}

/**
 * The index of the first parameter that has to move into the body, because a default in the list may switch; -1 for none.
 * A list whose functions would see the body's variables stays where it is: a switch in it throws.
 */
export function firstMoved(emitter: Emitter, node: Node): number {
  const params: Node[] = node.params.filter((each: Node) => !isThisParameter(each));
  const { switching } = emitter.unit;
  if (!params.some((each) => containsPoint(each, (point) => switching.mayPoint(point)))) return -1;
  if (params.length !== node.params.length || !isMovable(emitter, node)) return -1;
  return params.findIndex((each) => each.type !== 'Identifier');
}

function containsPoint(node: Node, isPoint: (node: Node) => boolean): boolean {
  if (isFunction(node)) return false;
  return isPoint(node) || childrenOf(node).some((child) => containsPoint(child, isPoint));
}

/** Whether no name in the parameter list means a variable of the body. */
function isMovable(emitter: Emitter, node: Node): boolean {
  const { scopes } = emitter.unit;
  if (scopes.fns.get(node)?.usesEval) return false;
  const scope = scopes.scopes.get(node);
  const isForeign = (each: Node): boolean => {
    const binding = each.type === 'Identifier' ? scopes.uses.get(each) : undefined;
    if (binding && binding.scope === scope && binding.kind !== 'param') return true;
    return childrenOf(each).some(isForeign);
  };
  const isFunctionName = (name: string) =>
    node.body.type === 'BlockStatement' &&
    node.body.body.some(
      (each: Node) => each.type === 'FunctionDeclaration' && each.id.name === name,
    );
  return !node.params.some(isForeign) && !node.params.flatMap(boundNames).some(isFunctionName);
}

/** Whether the body has a `var` with the name of a parameter. */
function declaresAgain(emitter: Emitter, node: Node): boolean {
  const bindings = emitter.unit.scopes.scopes.get(node)?.bindings;
  return node.params.flatMap(boundNames).some((name: string) => bindings?.get(name)?.again);
}

/** Writes parameters, without TypeScript's `this`. */
export function emitParameterList(emitter: Emitter, params: readonly Node[]) {
  const [first] = params;
  if (first !== undefined && isThisParameter(first)) {
    emitter.copyTo(first.start);
    emitter.blankTo(
      params.length > 1 ? indexOfToken(emitter.unit.code, ',', first.end) + 1 : first.end,
    );
    params = params.slice(1);
  }
  emitter.emitAll(params);
}

/** The offset of the `)` that ends the parameters. */
function closingParenthesis(emitter: Emitter, node: Node): number {
  const last: Node | undefined = node.params.at(-1);
  return indexOfToken(emitter.unit.code, ')', Math.max(emitter.cursor, last?.end ?? 0));
}

/** What `length` says: the parameters before the first with a default. */
export function lengthOf(node: Node): number {
  const params: Node[] = node.params.filter((each: Node) => !isThisParameter(each));
  const end = params
    .map(withoutModifiers)
    .findIndex((each) => each.type === 'AssignmentPattern' || each.type === 'RestElement');
  return end < 0 ? params.length : end;
}

/** The parameter of TypeScript's `private x`. */
function withoutModifiers(parameter: Node): Node {
  return parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
}

function isThisParameter(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'this';
}
