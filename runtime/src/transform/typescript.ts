/** TypeScript's constructs that exist at run time: enums, namespaces, parameter properties, import aliases. */

import { isUsing, linksOf } from './blocks.ts';
import type { Emitter, Handler } from './emitter.ts';
import { bare, type Node } from './node.ts';
import { declaredNames, lookUp, type Scope } from './scope.ts';
import { erase, isErased, isTypeOnly } from './types.ts';

/** The handlers of TypeScript's constructs with values. */
export const typescriptHandlers: Readonly<Record<string, Handler>> = {
  TSEnumDeclaration: emitEnum,
  TSModuleDeclaration: emitNamespace,
  TSImportEqualsDeclaration: emitAlias,
  TSParameterProperty: (emitter, node) => {
    emitter.blankTo(node.parameter.start);
    emitter.emit(node.parameter);
  },
};

/** `enum E { A, B = 'b' }` becomes `var E;(E=>{E[E["A"]=0]="A",E["B"]='b'})(E||(E={}));`. */
function emitEnum(emitter: Emitter, node: Node) {
  if (node.declare) return erase(emitter, node);
  const members: Node[] = node.body?.members ?? node.members;
  const { name } = node.id;
  const known = new Map<string, string | number>();
  let next: number | undefined = 0;
  const declaration = declarationOf(emitter, node);
  if (declaration !== '') emitter.insert(declaration, node.start);
  emitter.insert(`${declaration && name};(${name}=>{`, node.id.start);
  for (const { id, initializer, start, end } of members) {
    const key: string = id.name ?? id.value;
    const quoted = `${name}[${JSON.stringify(key)}]`;
    const value: string | number | undefined = initializer ? constantOf(initializer, known) : next;
    emitter.blankTo(start);
    emitter.insert(typeof value === 'string' ? `${quoted}=` : `${name}[${quoted}=`, start);
    if (initializer) {
      emitter.blankTo(initializer.start);
      emitter.plainly(() => emitter.emit(initializer));
    } else {
      emitter.insert(String(value));
    }
    emitter.blankTo(end);
    emitter.insert(typeof value === 'string' ? ';' : `]=${JSON.stringify(key)};`);
    if (value !== undefined) known.set(key, value);
    next = typeof value === 'number' ? value + 1 : undefined;
  }
  emitter.blankTo(node.end);
  emitter.insert(`})(${name}||(${name}={}));`);
}

/** The declaration of an enum or a namespace; only the first of several parts declares, and what is a class or a function is there. */
function declarationOf(emitter: Emitter, node: Node): string {
  if (isLaterPart(emitter, node)) return '';
  const binding = lookUp(emitter.scope, node.id.name);
  return binding?.scope.kind === 'module' || binding?.again ? 'var ' : 'let ';
}

/** Whether a declaration is a part of an enum, a namespace, a class or a function that was declared before. */
export function isLaterPart({ scope }: Emitter, node: Node): boolean {
  if (node.type !== 'TSEnumDeclaration' && node.type !== 'TSModuleDeclaration') return false;
  const binding = lookUp(scope, node.id.name);
  return binding?.value !== undefined && binding.value !== node;
}

/** The value of a constant expression; undefined where it is none. */
function constantOf(
  node: Node,
  known: ReadonlyMap<string, string | number>,
): string | number | undefined {
  const inner = bare(node);
  switch (inner.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
      return inner.value;
    case 'TemplateLiteral':
      return inner.expressions.length === 0
        ? inner.quasis[0].value.cooked
        : templateOf(inner, known);
    case 'Identifier':
      return known.get(inner.name);
    case 'MemberExpression':
      return known.get(inner.computed ? inner.property.value : inner.property.name);
    case 'UnaryExpression': {
      const value = constantOf(inner.argument, known);
      if (typeof value !== 'number') return undefined;
      if (inner.operator === '-') return -value;
      if (inner.operator === '~') return ~value;
      return inner.operator === '+' ? value : undefined;
    }
    case 'BinaryExpression':
      return binaryOf(
        inner.operator,
        constantOf(inner.left, known),
        constantOf(inner.right, known),
      );
    default:
      return undefined;
  }
}

function templateOf(node: Node, known: ReadonlyMap<string, string | number>): string | undefined {
  const values = node.expressions.map((each: Node) => constantOf(each, known));
  return values.includes(undefined) ? undefined : '';
}

function binaryOf(
  operator: string,
  left: string | number | undefined,
  right: string | number | undefined,
): string | number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
    return `${left}${right}`;
  if (typeof left === 'string' || typeof right === 'string') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    case '|':
      return left | right;
    case '&':
      return left & right;
    case '^':
      return left ^ right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return left >>> right;
    default:
      return undefined;
  }
}

/**
 * `namespace N { export const x = 1 }` becomes `var N;{N||(N={});$exports(N,{get x(){return x}});const x = 1;}`: a block, so that its
 * code can switch like the code around it, with exports that follow their variables.
 */
function emitNamespace(emitter: Emitter, node: Node) {
  if (node.declare || isTypeOnly(node)) return erase(emitter, node);
  if (node.id.type !== 'Identifier') emitter.unsupported('A module with a quoted name', node);
  const { name } = node.id;
  const declaration = declarationOf(emitter, node);
  if (declaration !== '') emitter.insert(declaration, node.start);
  emitter.insert(`${declaration && name};{${name}||(${name}={});`, node.id.start);
  emitNamespaceBody(emitter, name, node.body);
  emitter.blankTo(node.end);
  emitter.insert('}');
}

function emitNamespaceBody(emitter: Emitter, name: string, body: Node): void {
  const { unit } = emitter;
  const { scope } = emitter;
  emitter.scope = unit.scopes.scopes.get(body) ?? scope;
  emitter.blankTo(body.start);
  if (body.type === 'TSModuleDeclaration') {
    const inner: string = body.id.name;
    emitter.insert('let ');
    emitter.insert(`${inner}=${name}.${inner}||(${name}.${inner}={});{`, body.id.start);
    emitNamespaceBody(emitter, inner, body.body);
    emitter.insert('}');
  } else {
    const using = body.body.find(isUsing);
    if (using) emitter.unsupported('A `using` declaration in a namespace', using);
    emitter.blankTo(body.start + 1);
    emitter.insert(linksOf(emitter, body.body));
    const accessors = body.body.flatMap((each: Node) => accessorsOf(emitter, each));
    if (accessors.length > 0)
      emitter.insert(`${unit.call('$exports')}(${name},{${accessors.join(',')}});`);
    for (const each of body.body) {
      if (each.type === 'ExportNamedDeclaration' && each.declaration) {
        emitter.copyTo(each.start);
        emitter.blankTo(each.declaration.start);
        emitter.emit(each.declaration);
      } else {
        emitter.emit(each);
      }
    }
    emitter.blankTo(body.end);
  }
  emitter.scope = scope;
}

/** `get x(){return x}` for each name that a statement exports; a variable can be set from outside, too. */
function accessorsOf(emitter: Emitter, statement: Node): string[] {
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration } = statement;
  if (!declaration) return emitter.unsupported('An export list in a namespace', statement);
  if (isErased(declaration)) return [];
  const isVariable = declaration.type === 'VariableDeclaration';
  const isObject = /^TS(?:Enum|Module)/.test(declaration.type);
  const isSet = isVariable && declaration.kind !== 'const';
  return declaredNames(declaration).flatMap((name) => {
    const shared = lookUp(emitter.scope.parent as Scope, name);
    if (isObject && shared?.kind === 'member')
      emitter.unsupported('An enum or a namespace in several parts of a namespace', declaration);
    const getter = `get ${name}(){return ${name}}`;
    return isSet ? [getter, `set ${name}($0){${name}=$0}`] : [getter];
  });
}

/** `import A = B.C` becomes `const A=B.C`, `import a = require('b')` becomes `import a from "b"`. */
function emitAlias(emitter: Emitter, node: Node) {
  const { moduleReference, id } = node;
  const isUsed = node.isExport || lookUp(emitter.scope, id.name)?.used === true;
  if (node.importKind === 'type' || !isUsed) return erase(emitter, node);
  const { code } = emitter.unit;
  const text =
    moduleReference.type === 'TSExternalModuleReference'
      ? `import ${id.name} from ${JSON.stringify(moduleReference.expression.value)};`
      : `const ${id.name}=${code.slice(moduleReference.start, moduleReference.end)};`;
  emitter.insert(text, node.start);
  emitter.blankTo(node.end);
}
