/**
 * Classes with decorators or `accessor` fields. A class becomes an expression in an arrow function, whose parameter `$d1` is the
 * state of its decorators; `calls/decorators.ts` is what they do.
 *
 *     @seal class C { @log m() {…} }
 *
 * becomes
 *
 *     let C=(($d1=$decorators([seal]),C)=>({"C":class {static{C=$d1.begin(this)} static[$d1.member("method",0,"m",[log])](){} m() {…}
 *       static{$d1.end()}}}["C"],C))();
 *
 * The decorators of a member are evaluated where they stand, in the computed key of a method that `begin` removes again. Inside the
 * class its name means the parameter, which decorators can replace.
 */

import { bare, childrenOf, isFunction, type Node } from '../node.ts';
import { indexOfToken } from '../tokens.ts';
import { decoratedParameters, emitDecorators } from './decorators.ts';
import type { Lowering, LoweringHandler } from './lowering.ts';
import { emitMember, type Owner } from './members.ts';
import type { LanguageOptions } from './options.ts';

/** The handlers of classes, and of what says what `this` is in them. */
export const classHandlers: Readonly<Record<string, LoweringHandler>> = {
  ClassDeclaration: emitDeclaration,
  ClassExpression: (lowering, node) =>
    isWrapped(lowering, node)
      ? emitWrapped(lowering, node, lowering.inferred.get(node) ?? '')
      : emitPlain(lowering, node),
  ExportNamedDeclaration: emitExport,
  ExportDefaultDeclaration: emitDefaultExport,
  ThisExpression: (lowering, node) => {
    if (lowering.self === undefined) return lowering.copyTo(node.end);
    lowering.insert(lowering.self, node.start);
    lowering.skipTo(node.end);
  },
  // Parameters only: the others are dealt with where they belong.
  Decorator: (lowering, node) => lowering.blankTo(node.end),
  FunctionDeclaration: emitOwnThis,
  FunctionExpression: emitOwnThis,
  ObjectMethod: emitOwnThis,
};

function emitOwnThis(lowering: Lowering, node: Node) {
  const key: Node | undefined = node.computed ? node.key : undefined;
  if (key) lowering.emit(key);
  lowering.withSelf(undefined, () => lowering.emitChildren(node));
}

/** Whether anything in a class, its own parts apart, has to be lowered. */
export function needsLowering(node: Node, options: LanguageOptions): boolean {
  if (node.declare) return false;
  if (node.decorators?.length > 0) return true;
  const isAssigned = (member: Node) =>
    options.defineFields === false && member.type === 'ClassProperty' && !member.declare;
  return node.body.body.some(
    (member: Node) =>
      member.type === 'ClassAccessorProperty' || isDecorated(member) || isAssigned(member),
  );
}

function isDecorated(member: Node): boolean {
  return member.decorators?.length > 0 || decoratedParameters(member).length > 0;
}

/** Whether a class needs a place for the state of its decorators. */
function isWrapped(lowering: Lowering, node: Node): boolean {
  if (!needsLowering(node, lowering.options)) return false;
  const needsKey = (member: Node) =>
    member.computed &&
    (member.type === 'ClassAccessorProperty' ||
      (member.type === 'ClassProperty' && lowering.options.defineFields === false));
  return (
    node.decorators?.length > 0 ||
    node.body.body.some((member: Node) => isDecorated(member) || needsKey(member))
  );
}

/** Notes the names that anonymous classes get from where they stand. */
export function nameClasses(lowering: Lowering, node: Node) {
  const [target, value] = namedValue(node);
  if (target !== undefined && value) {
    const inner = bare(value);
    if (inner.type === 'ClassExpression' && !inner.id) lowering.inferred.set(inner, target);
  }
  for (const child of childrenOf(node)) nameClasses(lowering, child);
}

function namedValue(node: Node): [string | undefined, Node | null | undefined] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id.name, node.init];
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return [node.left.type === 'Identifier' ? node.left.name : undefined, node.right];
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      return [node.computed ? undefined : String(node.key.name ?? node.key.value), node.value];
    case 'ExportDefaultDeclaration':
      return ['default', node.declaration];
    default:
      return [undefined, undefined];
  }
}

function emitDeclaration(lowering: Lowering, node: Node) {
  if (!isWrapped(lowering, node)) return emitPlain(lowering, node);
  lowering.insert(`let ${node.id.name}=`, node.start);
  emitWrapped(lowering, node, node.id.name);
  lowering.insert(';');
}

/** `@dec export class C` and `export @dec class C`. */
function emitExport(lowering: Lowering, node: Node) {
  const { declaration } = node;
  if (declaration?.type !== 'ClassDeclaration' || !isWrapped(lowering, declaration))
    return lowering.emitChildren(node);
  lowering.insert(`export let ${declaration.id.name}=`, node.start);
  emitWrapped(lowering, declaration, declaration.id.name);
  lowering.insert(';');
}

function emitDefaultExport(lowering: Lowering, node: Node) {
  const { declaration } = node;
  if (!/^Class/.test(declaration.type) || !isWrapped(lowering, declaration))
    return lowering.emitChildren(node);
  const name: string | undefined = declaration.id?.name;
  lowering.insert(name === undefined ? 'export default ' : `let ${name}=`, node.start);
  emitWrapped(lowering, declaration, name ?? 'default');
  lowering.insert(name === undefined ? ';' : `;export{${name} as default};`);
  lowering.blankTo(node.end);
}

/** A class that needs no state. */
function emitPlain(lowering: Lowering, node: Node) {
  const parts: (Node | null | undefined)[] = [node.id, node.typeParameters, node.superClass];
  for (const part of parts) if (part) lowering.emit(part);
  lowering.copyTo(node.body.start + 1);
  emitMembers(lowering, node, { state: '', self: undefined, count: 0 });
  lowering.copyTo(node.end);
}

function emitWrapped(lowering: Lowering, node: Node, name: string) {
  const { code, options } = lowering;
  const decorators: Node[] = node.decorators ?? [];
  const parameters = constructorParameters(node);
  const legacy = options.legacyDecorators === true;
  const replaces = decorators.length > 0 || (legacy && parameters.length > 0);
  const state = lowering.fresh('$d');
  const self = replaces ? (node.id?.name ?? lowering.fresh('$c')) : undefined;
  const helper = lowering.helper(legacy ? '$legacyDecorators' : '$decorators');
  checkPlain(lowering, node);
  lowering.insert(`((${state}=${helper}(`);
  if (decorators.length > 0) emitDecorators(lowering, decorators);
  lowering.insert(`)${self === undefined ? '' : `,${self}`})=>(`);
  const keyword = indexOfToken(code, 'class', Math.max(lowering.cursor, declarationStart(node)));
  lowering.blankTo(keyword);
  const quoted = JSON.stringify(name);
  const named = replaces || !node.id;
  if (named) {
    lowering.insert('{');
    lowering.insert(name === '__proto__' ? `[${quoted}]` : quoted, node.id?.start ?? keyword);
    lowering.insert(':');
  }
  lowering.insert('class', keyword);
  lowering.skipTo(keyword + 'class'.length);
  if (node.id && replaces) lowering.blankTo(node.id.end);
  const parts: (Node | null | undefined)[] = [node.id, node.typeParameters, node.superClass];
  for (const part of parts) if (part && part.start >= lowering.cursor) lowering.emit(part);
  lowering.copyTo(node.body.start + 1);
  lowering.insert(`static{${self === undefined ? '' : `${self}=`}${state}.begin(this)}`);
  const owner: Owner = { state, self, count: 0 };
  if (!legacy && node.body.body.some(hasInstanceInitializers))
    lowering.insert(`#${lowering.fresh('$i')}=${state}.initialize(this);`);
  emitMembers(lowering, node, owner);
  lowering.copyTo(node.body.end - 1);
  lowering.insert(`static{${self !== undefined && legacy ? `${self}=` : ''}${state}.end()}`);
  lowering.copyTo(node.end);
  if (named) lowering.insert(`}[${quoted}]`);
  lowering.insert(self === undefined ? '))()' : `,${self}))()`);
}

/** Where the class begins that may have decorators before `export`. */
function declarationStart(node: Node): number {
  return Math.max(node.start, node.decorators?.at(-1)?.end ?? 0);
}

function emitMembers(lowering: Lowering, node: Node, owner: Owner) {
  const { self } = lowering;
  for (const member of node.body.body) emitMember(lowering, member, owner);
  lowering.self = self;
}

function hasInstanceInitializers(member: Node): boolean {
  return (
    member.decorators?.length > 0 && !member.static && /^Class(?:Private)?Method$/.test(member.type)
  );
}

function constructorParameters(node: Node): readonly unknown[] {
  const own = node.body.body.find((each: Node) => each.kind === 'constructor' && each.body);
  return own === undefined ? [] : decoratedParameters(own);
}

/** What stands between the class and the function around it must not leave that function. */
function checkPlain(lowering: Lowering, node: Node) {
  const check = (each: Node | null | undefined): void => {
    if (!each || isFunction(each)) return;
    if (each.type === 'YieldExpression' || each.type === 'AwaitExpression')
      throw lowering.error(
        `\`${each.type === 'YieldExpression' ? 'yield' : 'await'}\` in the decorators, keys or heritage of a class with decorators is not supported`,
        each,
      );
    for (const child of childrenOf(each)) check(child);
  };
  check(node.superClass);
  for (const each of node.decorators ?? []) check(each);
  for (const member of node.body.body) {
    for (const each of member.decorators ?? []) check(each);
    if (member.computed) check(member.key);
  }
}
