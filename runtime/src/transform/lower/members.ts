/** The members of a class: what their decorators are, `accessor` fields, and fields that are assigned instead of defined. */

import { bare, type Node } from '../node.ts';
import { indexOfToken } from '../tokens.ts';
import { decoratedParameters, emitDecorator, emitParameters, openList } from './decorators.ts';
import type { Lowering } from './lowering.ts';

/** The class that a member stands in. */
export interface Owner {
  /** The variable with the state of the decorators; empty where the class needs none. */
  readonly state: string;
  /** What the class is called inside, where a decorator may replace it. */
  readonly self: string | undefined;
  /** How many members the state knows so far. */
  count: number;
}

/** Writes a member; the cursor stands behind the one before. */
export function emitMember(lowering: Lowering, member: Node, owner: Owner) {
  const decorators: Node[] = member.decorators ?? [];
  const begin = decorators[0]?.start ?? member.start;
  lowering.copyTo(Math.min(begin, member.start));
  const legacy = lowering.options.legacyDecorators === true;
  const parameters = legacy ? decoratedParameters(member) : [];
  const isConstructor = member.kind === 'constructor';
  if (decorators.length > 0 || parameters.length > 0) {
    if (member.type === 'TSDeclareMethod' || ((member.abstract || member.declare) && !legacy))
      throw lowering.error('A decorator of what does not exist at run time', member);
    emitHolder(lowering, member, owner, decorators);
    if (member.abstract || member.declare) return lowering.blankTo(member.end);
    if (legacy || isConstructor) return emitUndecorated(lowering, member, owner, owner.count - 1);
    return emitDecorated(lowering, member, owner, owner.count - 1);
  }
  emitUndecorated(lowering, member, owner);
}

/** `static[$d1.member("field",0,"x",[a,b])](){}`: evaluates the decorators where they stand. */
function emitHolder(lowering: Lowering, member: Node, owner: Owner, decorators: readonly Node[]) {
  const legacy = lowering.options.legacyDecorators === true;
  const { state } = owner;
  owner.count++;
  const key = member.computed ? 'void 0' : JSON.stringify(keyText(member));
  const isStatic = member.static ? 1 : 0;
  lowering.insert(`static[${state}.member("${kindOf(member)}",${isStatic},${key},`);
  lowering.insert(openList(lowering));
  for (const each of decorators) emitDecorator(lowering, each);
  for (const { index, decorators: own } of legacy ? decoratedParameters(member) : []) {
    for (const each of own) {
      lowering.insert(`${state}.parameter(${index},`);
      lowering.emitAside(each.expression);
      lowering.insert('),');
    }
  }
  lowering.insert(']');
  if (!legacy && member.key.type === 'PrivateName') emitPrivate(lowering, member);
  lowering.insert(')](){}');
}

/** What a private member is, and how it is reached. */
function emitPrivate(lowering: Lowering, member: Node) {
  const name = `#${member.key.id.name}`;
  const kind = kindOf(member);
  const get = kind === 'setter' ? '' : `,get:($0)=>$0.${name}`;
  const set = kind === 'method' || kind === 'getter' ? '' : `,set:($0,$1)=>{$0.${name}=$1}`;
  lowering.insert(`,{has:($0)=>${name} in $0${get}${set}}`);
  if (kind === 'field') return;
  lowering.insert(',{');
  if (kind === 'accessor') {
    const storage = storageOf(lowering, member);
    const quoted = JSON.stringify(name);
    lowering.insert(
      `get ${quoted}(){return this.${storage}},set ${quoted}($0){this.${storage}=$0}`,
    );
  } else {
    const before = lowering.code.slice(endOfDecorators(member), member.key.start);
    lowering.blankTo(member.key.start);
    lowering.insert(`${before.replace(MODIFIERS, '').replaceAll(/\s+/g, ' ').trim()} `);
    lowering.insert(JSON.stringify(name), member.key.start);
    lowering.skipTo(member.key.end);
    lowering.withSelf(undefined, () => lowering.emitChildren(member));
  }
  lowering.insert('}');
}

const MODIFIERS = /\b(?:public|private|protected|override|static)\b/g;

function emitDecorated(lowering: Lowering, member: Node, owner: Owner, index: number) {
  const { state } = owner;
  const kind = kindOf(member);
  const prefix = member.static ? 'static ' : '';
  const isPrivate = member.key.type === 'PrivateName';
  lowering.blankTo(endOfDecorators(member));
  if (kind === 'accessor') return emitAccessor(lowering, member, owner, index);
  if (kind === 'field') return emitField(lowering, member, owner, index);
  if (!isPrivate) {
    emitHead(lowering, member, owner, index);
    return lowering.withSelf(undefined, () => lowering.emitChildren(member));
  }
  const name = `#${member.key.id.name}`;
  const text =
    kind === 'method'
      ? `get ${name}(){return ${state}.method(${index})}`
      : kind === 'getter'
        ? `get ${name}(){return ${state}.read(${index},this)}`
        : `set ${name}($0){${state}.write(${index},this,$0)}`;
  // The method itself stands in the holder before.
  lowering.insert(prefix + text);
}

/** A member up to its name; a computed one is told to the state. */
function emitHead(lowering: Lowering, member: Node, owner: Owner, index: number) {
  lowering.copyTo(member.key.start);
  if (!member.computed) return lowering.copyTo(member.key.end);
  lowering.insert(`${owner.state}.key(${index},`);
  lowering.emit(member.key);
  lowering.insert(')');
}

/** `x = v` becomes `x=$d1.value(0,this,v);#$a1=$d1.after(0,this);`. */
function emitField(lowering: Lowering, member: Node, owner: Owner, index: number) {
  const { state, self } = owner;
  if (member.static && self !== undefined && member.key.type !== 'PrivateName')
    return emitStaticField(lowering, member, owner, index);
  emitHead(lowering, member, owner, index);
  if (member.computed) lowering.copyTo(indexOfToken(lowering.code, ']', lowering.cursor) + 1);
  const it = member.static ? (self ?? 'this') : 'this';
  lowering.insert(`=${state}.value(${index},${it},`);
  emitValue(lowering, member, owner);
  lowering.insert(');');
  const prefix = member.static ? 'static ' : '';
  lowering.insert(`${prefix}#${lowering.fresh('$a')}=${state}.after(${index},${it});`);
}

/** A public static field where a decorator may replace the class: `static{$d1.define(0,v)}`. */
function emitStaticField(lowering: Lowering, member: Node, owner: Owner, index: number) {
  const { state } = owner;
  if (member.computed) {
    lowering.blankTo(member.key.start);
    lowering.insert(`static[${state}.holder(${index},`);
    lowering.emit(member.key);
    lowering.insert(')](){}');
  }
  lowering.insert(`static{${state}.define(${index},`, member.key.start);
  lowering.blankTo(member.key.end);
  emitValue(lowering, member, owner);
  lowering.insert(')}');
}

/** The value of a field, up to its end; a function or class without a name gets that of the field. */
function emitValue(lowering: Lowering, member: Node, owner: Owner) {
  const { value } = member;
  if (value) {
    const name = isAnonymous(value) && !member.computed ? JSON.stringify(keyText(member)) : '';
    lowering.blankTo(value.start);
    lowering.insert(name === '' ? '(' : `{${name}:`);
    lowering.withSelf(member.static ? owner.self : undefined, () => lowering.emit(value));
    lowering.insert(name === '' ? ')' : `}[${name}]`);
  } else {
    lowering.insert('void 0');
  }
  lowering.blankTo(member.end);
}

function isAnonymous(value: Node): boolean {
  const node = bare(value);
  return /^(?:ArrowFunction|Function|Class)Expression$/.test(node.type) && !node.id;
}

/** `accessor x = v` becomes `get x(){return this.#x$s1}set x($0){this.#x$s1=$0}#x$s1=v;`. */
function emitAccessor(lowering: Lowering, member: Node, owner: Owner, index: number) {
  const { state, self } = owner;
  const legacy = lowering.options.legacyDecorators === true;
  const decorated = index >= 0 && member.decorators?.length > 0 && !legacy;
  const isPrivate = member.key.type === 'PrivateName';
  const prefix = member.static ? 'static ' : '';
  const storage = storageOf(lowering, member);
  const it = member.static ? (self ?? 'this') : 'this';
  // A class that a decorator has put in the place of this one does not have its private fields.
  const kept = member.static && self !== undefined && !legacy;
  const [get, set] = kept
    ? [`${state}.load(${index})`, `${state}.store(${index},$0)`]
    : decorated && isPrivate
      ? [`${state}.read(${index},this)`, `${state}.write(${index},this,$0)`]
      : [`this.${storage}`, `this.${storage}=$0`];
  const { key } = member;
  lowering.blankTo(key.start);
  lowering.insert(`${prefix}get ${member.computed ? '[' : ''}`);
  if (member.computed) {
    lowering.insert(`${state}.key(${index},`);
    lowering.emit(key);
    lowering.insert(')]');
  } else {
    lowering.copyTo(key.end);
  }
  const again = member.computed ? `[${state}.keyOf(${index})]` : keySource(lowering, key);
  lowering.insert(`(){return ${get}}${prefix}set ${again}($0){${set}}`);
  const bracket = member.computed ? indexOfToken(lowering.code, ']', key.end) + 1 : key.end;
  lowering.blankTo(bracket);
  lowering.insert(kept ? `static{${state}.store(${index},` : `${prefix}${storage}=`);
  if (decorated) lowering.insert(`${state}.value(${index},${it},`);
  emitValue(lowering, member, owner);
  if (decorated) lowering.insert(')');
  lowering.insert(kept ? ')' : ';');
  if (decorated && kept) lowering.insert(`;${state}.after(${index},${it})`);
  else if (decorated)
    lowering.insert(`${prefix}#${lowering.fresh('$a')}=${state}.after(${index},${it});`);
  if (kept) lowering.insert('}');
}

const storages = new WeakMap<Node, string>();

/** The private field behind an `accessor`. */
function storageOf(lowering: Lowering, member: Node): string {
  let storage = storages.get(member);
  if (storage === undefined) {
    storage = `#${lowering.fresh('$v')}`;
    storages.set(member, storage);
  }
  return storage;
}

/**
 * A member without decorators, or whose decorators do not change how it is written.
 *
 * @param index its number in the state; -1 if it has none yet.
 */
function emitUndecorated(lowering: Lowering, member: Node, owner: Owner, index = -1) {
  const { options } = lowering;
  lowering.blankTo(endOfDecorators(member));
  if (member.declare || member.abstract || !member.key) {
    const isBlock = member.type === 'StaticBlock';
    return lowering.withSelf(isBlock ? owner.self : undefined, () => lowering.emit(member));
  }
  const isStandard = options.legacyDecorators !== true;
  const numbered = (isNeeded: boolean) => {
    if (index >= 0 || !isNeeded) return index;
    emitHolder(lowering, member, owner, []);
    return owner.count - 1;
  };
  const replaced = member.static && owner.self !== undefined && isStandard;
  if (member.type === 'ClassAccessorProperty') {
    return emitAccessor(lowering, member, owner, numbered(member.computed || replaced));
  }
  if (member.type === 'ClassProperty') {
    if (options.defineFields === false)
      return emitAssigned(lowering, member, owner, numbered(member.computed));
    if (replaced) return emitStaticField(lowering, member, owner, numbered(true));
  }
  if (member.computed && index >= 0) {
    emitHead(lowering, member, owner, index);
  } else if (member.computed) {
    lowering.copyTo(member.key.start);
    lowering.emit(member.key);
  }
  const isField = /^Class(?:Private)?Property$/.test(member.type);
  lowering.withSelf(isField && member.static ? owner.self : undefined, () => {
    if (member.body) emitParameters(lowering, member.params);
    lowering.emitChildren(member);
  });
}

/** `x = v` becomes `#$a1=this.x=v;`: a field that is assigned. One without a value has no meaning. */
function emitAssigned(lowering: Lowering, member: Node, owner: Owner, index: number) {
  const { key, value } = member;
  const { state } = owner;
  let target = `this.${key.name}`;
  if (member.computed) {
    lowering.insert(`static[${state}.holder(${index},`);
    lowering.blankTo(key.start);
    lowering.emit(key);
    lowering.insert(')](){}');
    target = `this[${state}.keyOf(${index})]`;
  } else if (key.type !== 'Identifier') {
    target = `this[${JSON.stringify(keyText(member))}]`;
  }
  if (!value) return lowering.blankTo(member.end);
  lowering.insert(
    member.static ? `static{${target}=` : `#${lowering.fresh('$a')}=${target}=`,
    key.start,
  );
  emitValue(lowering, member, owner);
  lowering.insert(member.static ? '}' : ';');
}

function kindOf(member: Node): string {
  if (member.type === 'ClassAccessorProperty') return 'accessor';
  if (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') return 'field';
  if (member.kind === 'get') return 'getter';
  if (member.kind === 'set') return 'setter';
  return member.kind === 'constructor' ? 'constructor' : 'method';
}

function keyText(member: Node): string {
  const { key } = member;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return key.name ?? String(key.value);
}

function keySource(lowering: Lowering, key: Node): string {
  return lowering.code.slice(key.start, key.end);
}

function endOfDecorators(member: Node): number {
  return member.decorators?.at(-1)?.end ?? member.start;
}
