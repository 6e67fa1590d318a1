/** Decorators themselves: lists of expressions. */

import type { Node } from '../node.ts';
import type { Lowering } from './lowering.ts';

/** `[a, b]`; old decorators are evaluated only when they are called: `()=>[a, b]`. */
export function emitDecorators(lowering: Lowering, decorators: readonly Node[]) {
  lowering.insert(openList(lowering));
  for (const each of decorators) emitDecorator(lowering, each);
  lowering.insert(']');
}

/** How a list of decorators begins. */
export function openList(lowering: Lowering): string {
  return lowering.options.legacyDecorators === true ? '()=>[' : '[';
}

/** `@a.b` is called as a method of `a`: `$of(a,"b"),`. */
export function emitDecorator(lowering: Lowering, node: Node) {
  const { expression } = node;
  lowering.blankTo(node.start);
  lowering.blankTo(expression.start);
  const isMethod =
    lowering.options.legacyDecorators !== true &&
    expression.type === 'MemberExpression' &&
    expression.property.type === 'Identifier' &&
    expression.object.type !== 'Super';
  if (isMethod) {
    lowering.insert(`${lowering.helper('$methodOf')}(`);
    lowering.emit(expression.object);
    lowering.insert(',');
    lowering.blankTo(expression.property.start);
    lowering.insert(JSON.stringify(expression.property.name), expression.property.start);
    lowering.blankTo(expression.end);
    lowering.insert(')');
  } else {
    lowering.emit(expression);
  }
  lowering.blankTo(node.end);
  lowering.insert(',');
}

/** The parameters of a method that have decorators, by index. */
export function decoratedParameters(member: Node): { index: number; decorators: Node[] }[] {
  const params: Node[] = member.body ? (member.params ?? []) : [];
  const offset = params[0]?.type === 'Identifier' && params[0].name === 'this' ? 1 : 0;
  return params.flatMap((each, index) => {
    const decorators = decoratorsOf(each);
    return decorators.length > 0 ? [{ index: index - offset, decorators }] : [];
  });
}

/** Writes the parameters of a method without their decorators. */
export function emitParameters(lowering: Lowering, params: readonly Node[]) {
  for (const each of params) {
    for (const { start, end } of decoratorsOf(each)) {
      lowering.copyTo(start);
      lowering.blankTo(end);
    }
    lowering.emit(each);
  }
}

/** The parser gives them to the name, wherever that stands in the parameter. */
function decoratorsOf(parameter: Node): Node[] {
  const parts = [parameter, parameter.left, parameter.parameter, parameter.parameter?.left];
  return parts.flatMap((part: Node | undefined) => part?.decorators ?? []);
}
