/** Who is bound where: the words of the scope pass, and how to look a name up. */

import type { Node } from './node.ts';

export type BindingKind =
  | 'var'
  | 'let'
  | 'const'
  | 'using'
  | 'function'
  | 'class'
  | 'param'
  | 'catch'
  | 'import'
  | 'self'
  | 'member'
  | 'type';

export interface Binding {
  readonly name: string;
  kind: BindingKind;
  readonly scope: Scope;
  /** What it was declared with: a function, a class, an import specifier, an initializer. */
  value: Node | undefined;
  /** For imports, and constants that are required: the module that it comes from. */
  source?: string;
  /** For namespaces: the declarations that make it up. */
  parts?: Node[];
  /** For parameters: whether it is a rest parameter. */
  rest?: boolean;
  /** Whether anything but its declaration gives it a value. */
  assigned: boolean;
  /** Whether it is used as a value anywhere, or exported. */
  used: boolean;
  /** Whether it was declared more than once. */
  again: boolean;
}

export interface Scope {
  readonly kind: 'module' | 'function' | 'block' | 'class';
  readonly parent: Scope | null;
  readonly fn: Fn;
  readonly bindings: Map<string, Binding>;
}

export type FnKind =
  | 'module'
  | 'function'
  | 'arrow'
  | 'method'
  | 'accessor'
  | 'constructor'
  | 'field'
  | 'static';

/** A function, or whatever else has a `this` of its own: the module, a field's initializer, a static block. */
export interface Fn {
  readonly kind: FnKind;
  readonly node: Node;
  readonly parent: Fn | null;
  readonly async: boolean;
  readonly generator: boolean;
  /** Whether it stands in the constructor of a class that extends another, where `this` may not exist yet. */
  readonly derived: boolean;
  /** Whether it stands in a parameter list, before the body of the function around it. */
  readonly inParams: boolean;
  /** For declarations: whether a block's own statements hold it, so that it can be linked at the block's head. */
  readonly hoisted: boolean;
  /** Whether a comment leaves it out, or a function around it: then it stays as it is. */
  readonly leftOut: boolean;
  /** Whether it is in strict mode. */
  readonly strict: boolean;
  /** What the function's own text uses, or an arrow function inside it. */
  usesThis: boolean;
  usesArguments: boolean;
  usesTarget: boolean;
  usesSuper: boolean;
  /** Whether it has `return` statements. */
  returns: boolean;
  /** Whether its parameter list uses what only its body can be given: `new.target`, `super`, a derived class's `this`. */
  isOpenInParams: boolean;
  /** Whether `super` is more than read and called there. */
  writesSuper: boolean;
  usesEval: boolean;
  /** Whether a `with` statement stands in it. */
  usesWith: boolean;
  /** Whether something in it is called `yield`, which nothing in a generator can be. */
  namesYield: boolean;
  /** Whether it reads `arguments.callee`, which in sloppy mode is the function itself. */
  usesCallee: boolean;
  /** The same for arrow functions inside it only. */
  arrowArguments: boolean;
  /** The calls and other places in it that may switch. */
  readonly points: Node[];
}

export interface Scopes {
  readonly module: Fn;
  /** Whether the file is a script, which runs as the body of a function, and not a module. */
  readonly isScript: boolean;
  /** Whether a variable is called `arguments`. */
  readonly bindsArguments: boolean;
  /** By function node; also the module, field values and static blocks. */
  readonly fns: ReadonlyMap<Node, Fn>;
  /** By the node that opens the scope. */
  readonly scopes: ReadonlyMap<Node, Scope>;
  /** By identifier; null for a global. */
  readonly uses: ReadonlyMap<Node, Binding | null>;
  /** By pattern: the expression that it takes apart, where that is known. */
  readonly takenFrom: ReadonlyMap<Node, Node>;
  /** The class of a constructor, a field or a call of `super`. */
  readonly classOf: ReadonlyMap<Node, Node>;
  /** Every name in the file. */
  readonly names: ReadonlySet<string>;
  /** Names that are assigned to without being bound. */
  readonly assignedGlobals: ReadonlySet<string>;
  /** Names that the lowering has made up: calls of them, and of their members, never switch. */
  readonly madeUp: ReadonlySet<string>;
}

/** The binding that a name means in a scope; null for a global. */
export function lookUp(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** The names that a pattern binds. */
export function boundNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each: Node) =>
        boundNames(each.type === 'ObjectProperty' ? each.value : each.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((each: Node | null) => (each ? boundNames(each) : []));
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter);
    default:
      return [];
  }
}

/** The names that the declarations in a namespace's block export. */
export function exportedNames(block: Node): string[] {
  return block.body.flatMap((statement: Node) => {
    const { declaration } = statement;
    return statement.type === 'ExportNamedDeclaration' && declaration && !declaration.declare
      ? declaredNames(declaration)
      : [];
  });
}

/** The names that a declaration binds. */
export function declaredNames(declaration: Node): string[] {
  if (declaration.type !== 'VariableDeclaration')
    return declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
  return declaration.declarations.flatMap((each: Node) => boundNames(each.id));
}

/** Whether a later declaration in the same block replaces a function: then it never exists. */
export function isReplaced(declaration: Node, { scopes }: Scopes): boolean {
  if (!declaration.id) return false;
  const binding = scopes.get(declaration)?.parent?.bindings.get(declaration.id.name);
  const { value } = binding ?? {};
  return value !== declaration && value?.type === 'FunctionDeclaration';
}

/** Whether a function that can be constructed uses `new.target`. */
export function readsTarget({ kind, usesTarget, async: isAsync, generator }: Fn): boolean {
  return kind === 'function' && usesTarget && !isAsync && !generator;
}

/**
 * Whether an object's method becomes a generator method in its place, which is swapped for the ordinary one once the object is made:
 * because it needs V8's `super`, or is a generator whose name is only known at run time.
 */
export function isSwapped({ node, usesSuper, generator, async: isAsync }: Fn): boolean {
  return node.type === 'ObjectMethod' && (usesSuper || (generator && !isAsync && node.computed));
}
