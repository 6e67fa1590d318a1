/** Classes: methods that may switch become generator methods, and a first static block puts their ordinary forms in place. */

import { emitStatements } from './blocks.ts';
import { emitFieldForm, formOfClass, headOfClass, ownNameOf } from './constructors.ts';
import type { Emitter, Handler } from './emitter.ts';
import { inferName, keyName } from './functions.ts';
import type { Node } from './node.ts';
import { boundNames, type Fn } from './scope.ts';
import { dualMethods, swapList } from './swapped.ts';
import { closeBody } from './texts.ts';
import { indexOfToken } from './tokens.ts';
import { emitModifiers, erase, isErased } from './types.ts';

/** The handlers of classes and their members. */
export const classHandlers: Readonly<Record<string, Handler>> = {
  ClassDeclaration: emitClass,
  ClassExpression: emitClass,
  ClassProperty: emitField,
  ClassPrivateProperty: emitField,
  StaticBlock: emitStaticBlock,
};

function emitClass(emitter: Emitter, node: Node) {
  const { privates } = emitter;
  const since = emitter.rope.changes;
  emitter.privates = dualPrivates(emitter, node);
  emitClassParts(emitter, node, since);
  emitter.privates = privates;
}

/** The private methods with two forms that can be reached in a class. */
function dualPrivates(emitter: Emitter, node: Node): ReadonlySet<string> {
  const { scopes, switching } = emitter.unit;
  const names = new Set(emitter.privates);
  for (const member of node.body.body) {
    if (member.key?.type !== 'PrivateName') continue;
    const fn = scopes.fns.get(member);
    if (
      member.type === 'ClassPrivateMethod' &&
      fn &&
      !fn.async &&
      !fn.generator &&
      switching.mayFunction(fn)
    )
      names.add(member.key.id.name);
    else names.delete(member.key.id.name);
  }
  return names;
}

function emitClassParts(emitter: Emitter, node: Node, since: number) {
  if (node.declare) return erase(emitter, node);
  if (node.abstract) emitModifiers(emitter, emitter.unit.code.indexOf('class', emitter.cursor));
  const implemented: Node[] = node.implements ?? [];
  const form = formOfClass(emitter, node);
  if (form && !node.id) {
    emitter.copyTo(indexOfToken(emitter.unit.code, 'class', emitter.cursor) + 'class'.length);
    emitter.insert(` ${ownNameOf(emitter, node)}`);
  }
  for (const part of [node.id, node.typeParameters, node.superClass]) if (part) emitter.emit(part);
  const superTypes = node.superTypeParameters ?? node.superTypeArguments;
  if (superTypes) emitter.emit(superTypes);
  if (implemented.length > 0) emitter.blankTo((implemented.at(-1) as Node).end);
  emitter.copyTo(node.body.start);
  emitBody(emitter, node.body, form ? headOfClass(emitter, node, form) : '');
  closeBody(emitter, node, node.body.end, emitter.rope.changes > since);
}

/** `{` and `static {$methods(this,0,"m",1,"create")}`. */
function emitBody(emitter: Emitter, node: Node, head: string): void {
  emitter.copyTo(node.start + 1);
  emitter.insert(head);
  const methods = dualMethods(emitter, node.body);
  if (methods.length > 0) {
    emitter.insert(`static{${emitter.unit.call('$methods')}(this,${swapList(emitter, methods)})}`);
  }
  emitter.insert(propertyFields(node.body));
  for (const member of node.body) emitMember(emitter, member);
}

/** `x;` for each parameter property of the constructor. */
function propertyFields(members: readonly Node[]): string {
  const own = members.find((each) => each.kind === 'constructor' && each.body);
  const properties = (own?.params ?? []).filter(
    (each: Node) => each.type === 'TSParameterProperty',
  );
  return properties
    .flatMap(boundNames)
    .map((name: string) => `${name};`)
    .join('');
}

function emitMember(emitter: Emitter, member: Node): void {
  emitter.copyTo(member.start);
  if (isErased(member)) {
    emitter.blankTo(member.end);
    emitter.insert(';');
    return;
  }
  for (const each of member.decorators ?? []) emitter.emit(each);
  if (member.key) {
    const fn = member.async ? emitter.unit.scopes.fns.get(member) : undefined;
    const until = member.computed ? bracketOf(emitter, member) : member.key.start;
    emitModifiers(emitter, until, fn !== undefined && emitter.unit.switching.mayFunction(fn));
  }
  emitter.emit(member);
}

/** The offset of the `[` before a computed key. */
function bracketOf(emitter: Emitter, member: Node): number {
  return emitter.unit.code.lastIndexOf('[', member.key.start);
}

function emitField(emitter: Emitter, node: Node): void {
  const { unit } = emitter;
  if (!node.computed && node.value) inferName(emitter, node.value, keyName(node) as string);
  if (emitFieldForm(emitter, node)) return;
  if (node.computed) {
    emitter.copyTo(node.key.start);
    emitter.emit(node.key);
    emitter.copyTo(unit.code.indexOf(']', node.key.end) + 1);
  } else {
    emitter.copyTo(node.key.end);
  }
  if (node.typeAnnotation) emitter.blankTo(node.typeAnnotation.end);
  else if (node.optional || node.definite) emitter.blankTo(emitter.cursor + 1);
  if (node.value) {
    const fn = unit.scopes.fns.get(node) as Fn;
    emitter.inside(fn, '<instance_members_initializer>', 'plain', () => emitter.emit(node.value));
  }
  emitter.copyTo(node.end);
  if (unit.code[node.end - 1] !== ';') emitter.insert(';');
}

function emitStaticBlock(emitter: Emitter, node: Node): void {
  const fn = emitter.unit.scopes.fns.get(node) as Fn;
  emitter.inside(fn, '<static_initializer>', 'plain', () => {
    emitter.copyTo(emitter.unit.code.indexOf('{', node.start) + 1);
    emitStatements(emitter, node.body);
    emitter.copyTo(node.end);
  });
}
