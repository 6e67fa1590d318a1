/**
 * Constructors that may switch. `constructor(a) {…}` becomes a real `constructor($0) {…}`, which runs the whole construction for
 * callers that cannot suspend, and the generator method `*$construct(a) {…}`, which `$class` takes off the prototype. Initializers
 * that could be noticed become generator methods, too: `*$field1() {return CALL}`.
 */

import { closeCall, describeCallee, emitArguments, openCall } from './call-shape.ts';
import { loweredFields } from './construction.ts';
import type { Emitter, Handler } from './emitter.ts';
import { bare, type Node } from './node.ts';
import { lengthOf } from './parameters.ts';
import { type Fn, readsTarget } from './scope.ts';
import { parameters } from './unit.ts';

/** The handlers of what a constructor's body takes from its construction. */
export const constructionHandlers: Readonly<Record<string, Handler>> = {
  ThisExpression: (emitter, node) => {
    const text = emitter.thisText();
    if (text === 'this') return emitter.copyTo(node.end);
    emitter.insert(text, node.start);
    emitter.skipTo(node.end);
  },
  MetaProperty: emitTarget,
};

/** `new.target` is `$c.target` where the function is a generator now. */
function emitTarget(emitter: Emitter, node: Node) {
  const home = emitter.home();
  const { kind, async: isAsync, generator } = home.fn;
  const isNew = kind === 'constructor' || (kind === 'function' && !isAsync && !generator);
  const isMoved = home.mode === 'yield' || emitter.homeOfArrow() !== undefined;
  if (node.meta.name !== 'new' || !isNew || !isMoved) return emitter.copyTo(node.end);
  if (home.mode !== 'yield') home.aliasTarget = true;
  emitter.insert(`${emitter.unit.helper('$c')}.target`, node.start);
  emitter.blankTo(node.end);
}

/** `super(a)` as `CALL($c.super(a))`. Returns whether it has been written. */
export function emitSuperConstruction(emitter: Emitter, node: Node): boolean {
  const { unit, activation } = emitter;
  if (bare(node.callee).type !== 'Super' || !emitter.isDerivedForm()) return false;
  const now = activation.mode === 'plain';
  if (!now) openCall(emitter, node.start);
  emitter.insert(`${unit.helper('$c')}.${now ? 'superNow' : 'super'}(`, node.start);
  emitter.blankTo(node.callee.end);
  emitArguments(emitter, node, '');
  if (!now) closeCall(emitter, node.start, 'super');
  return true;
}

/**
 * `new C(a)` as `CALL($new(C,a))`; where that is short, as `($isPlain(C)?new C(a):CALL($new(C,a)))`, so that V8 sees the `new` of
 * what cannot switch.
 */
export function emitConstruction(emitter: Emitter, node: Node): void {
  const { unit } = emitter;
  const isShort = !unit.inject && isRepeatable(node, unit.code);
  if (isShort) {
    emitter.insert(`(${unit.call('$isPlain')}(${node.callee.name})?`);
    emitter.emitChildren(node);
    emitter.cursor = node.start;
    emitter.insert(':');
  }
  openCall(emitter, node.start);
  emitter.insert(`${unit.call('$new')}(`, node.start);
  emitter.blankTo(node.callee.start);
  emitter.emit(node.callee);
  if (unit.code[node.end - 1] === ')' && node.end > node.callee.end) emitArguments(emitter, node);
  else {
    emitter.blankTo(node.end);
    emitter.insert(')');
  }
  closeCall(emitter, node.start, describeCallee(node.callee, unit.code));
  if (isShort) emitter.insert(')');
}

const LONGEST_REPEATED = 80;

/** Whether a `new` may stand in the output twice, one of them as it is: its callee and its arguments are names and literals. */
function isRepeatable({ callee, arguments: list, start, end }: Node, code: string): boolean {
  return (
    end - start <= LONGEST_REPEATED &&
    !/[\n\r\u2028\u2029<]/.test(code.slice(start, end)) &&
    callee.type === 'Identifier' &&
    list.every((each: Node) =>
      /^(?:(?:String|Numeric|Boolean|Null)Literal|Identifier)$/.test(each.type),
    )
  );
}

/** What the body of a form begins with, if it needs to know its construction. */
export function openingOf({ activation, unit }: Emitter): string {
  if (activation.mode !== 'yield' || !readsConstruction(activation.fn)) return '';
  return `const ${unit.helper('$c')}=${unit.call('$begin')}();`;
}

/** What it ends with. */
export function closingOf({ activation, unit }: Emitter): string {
  const { kind, derived, returns } = activation.fn;
  if (activation.mode !== 'yield' || kind !== 'constructor' || returns) return '';
  return derived ? `return ${unit.helper('$c')}.end();` : 'return this;';
}

/** Whether a form asks for its construction. */
function readsConstruction(fn: Fn): boolean {
  return fn.kind === 'constructor' ? fn.derived || fn.usesTarget : readsTarget(fn);
}

/** The construction of a class, where it has a second form. */
export function formOfClass(emitter: Emitter, node: Node): Fn | undefined {
  const { scopes, switching } = emitter.unit;
  const fn = scopes.fns.get(writtenConstructor(node) ?? node.body);
  return fn !== undefined && switching.mayFunction(fn) ? fn : undefined;
}

/** The name by which a class is known inside itself. */
export function ownNameOf(emitter: Emitter, node: Node): string {
  return node.id?.name ?? emitter.unit.helper('$C');
}

/** What stands at the head of a class with a second form: its record, and a real constructor where none is written. */
export function headOfClass(emitter: Emitter, node: Node, fn: Fn): string {
  const { unit } = emitter;
  const written = writtenConstructor(node);
  const isBare = !fn.derived && !node.body.body.some(isInstanceElement);
  const flags =
    (fn.derived ? 1 : 0) +
    (fn.returns ? 2 : 0) +
    (readsConstruction(fn) ? 4 : 0) +
    (isBare ? 8 : 0);
  const body = written ? JSON.stringify(unit.helper('$construct')) : '0';
  const fields = loweredFields(node).flatMap((member) => fieldText(emitter, node, member));
  const record = `${unit.call('$class')}(${['this', flags, body, ...fields].join(',')});`;
  const name = JSON.stringify(unit.inferred.get(node) ?? '');
  const named = node.id ? '' : `${unit.call('$named')}(this,${name});`;
  return `static{${named}${record}}${written ? '' : realConstructor(emitter, node, 0)}`;
}

/** The real constructor, before the form of the one that is written. */
export function realConstructor(emitter: Emitter, node: Node, length: number): string {
  const { unit } = emitter;
  const name = ownNameOf(emitter, node);
  const head = `constructor(${parameters(length)})`;
  if (!node.superClass)
    return `${head}{return ${unit.call('$base')}(${name},this,new.target,arguments)}`;
  const k = unit.helper('$k');
  return `${head}{const ${k}=${unit.call('$superArguments')}();if(${k}!==null)super(...${k});else return ${unit.call('$derived')}(${name},new.target,arguments)}`;
}

/** Writes a constructor up to its parameters; the cursor stands before it. Returns the name of its frames. */
export function openConstructor(emitter: Emitter, member: Node): string {
  const { unit } = emitter;
  const node = unit.scopes.classOf.get(member) as Node;
  const name = `new ${node.id?.name ?? unit.inferred.get(node) ?? '<anonymous>'}`;
  emitter.copyTo(member.key.start);
  emitter.insert(`${realConstructor(emitter, node, lengthOf(member))}*`);
  emitter.insert(unit.helper('$construct'), member.key.start, name);
  emitter.skipTo(member.key.end);
  return name;
}

/** Writes a field of a class with a second form. Returns false where it is left to V8; the cursor stands at its key. */
export function emitFieldForm(emitter: Emitter, member: Node): boolean {
  const { unit } = emitter;
  const node = unit.scopes.classOf.get(member);
  if (node === undefined || formOfClass(emitter, node) === undefined) return false;
  if (!loweredFields(node).includes(member)) return false;
  const { key, value } = member;
  const isPrivate = key.type === 'PrivateName';
  if (!value && isPrivate) return false;
  if (value) {
    const name = nameOf(member);
    emitter.insert(isPrivate ? `${name};` : '');
    emitter.insert(`*${unit.helper(fieldName(node, member))}(){`, key.start);
    const fn = unit.scopes.fns.get(member) as Fn;
    const mode = unit.switching.mayFunction(fn) ? 'yield' : 'plain';
    emitter.inside(fn, '<instance_members_initializer>', mode, () => {
      emitter.openSlot();
      const quoted = JSON.stringify(name);
      const names = isAnonymous(bare(value));
      emitter.insert(`${isPrivate ? `this.${name}=` : 'return '}${names ? `({${quoted}:` : ''}`);
      emitter.blankTo(value.start);
      emitter.emit(value);
      emitter.insert(names ? `})[${quoted}];` : ';');
    });
    emitter.insert('}');
  }
  emitter.blankTo(member.end);
  emitter.insert(';');
  return true;
}

/** Two arguments of `$class`: the key of a field, and the name of its form. */
function fieldText(emitter: Emitter, node: Node, member: Node): string[] {
  const isPrivate = member.key.type === 'PrivateName';
  if (!member.value) return isPrivate ? [] : [JSON.stringify(nameOf(member)), '0'];
  const form = JSON.stringify(emitter.unit.helper(fieldName(node, member)));
  return [isPrivate ? '0' : JSON.stringify(nameOf(member)), form];
}

function fieldName(node: Node, member: Node): string {
  return `$field${node.body.body.indexOf(member) + 1}`;
}

function nameOf({ key }: Node): string {
  return key.type === 'PrivateName' ? `#${key.id.name}` : String(key.name ?? key.value);
}

/** Whether V8 puts something on each object because of a member. */
function isInstanceElement(member: Node): boolean {
  if (member.static) return false;
  if (member.type === 'ClassMethod') {
    return (member.params ?? []).some((each: Node) => each.type === 'TSParameterProperty');
  }
  return !member.declare && member.type !== 'StaticBlock' && !/^TS/.test(member.type);
}

function isAnonymous(node: Node): boolean {
  return /^(?:ArrowFunction|Function|Class)Expression$/.test(node.type) && !node.id;
}

function writtenConstructor(node: Node): Node | undefined {
  return node.body.body.find((each: Node) => each.kind === 'constructor' && each.body);
}
