/**
 * Who is bound where: one pass over the tree that finds the scopes with their bindings, the functions with what they use, and
 * every use of a name.
 */

import { bare, childrenOf, isFunction, type Node } from './node.ts';

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
  /** What the function's own text uses, or an arrow function inside it. */
  usesThis: boolean;
  usesArguments: boolean;
  usesTarget: boolean;
  usesSuper: boolean;
  usesEval: boolean;
  /** The same for arrow functions inside it only. */
  arrowArguments: boolean;
  /** The calls and other places in it that may switch. */
  readonly points: Node[];
}

export interface Scopes {
  readonly module: Fn;
  /** By function node; also the module, field values and static blocks. */
  readonly fns: ReadonlyMap<Node, Fn>;
  /** By the node that opens the scope. */
  readonly scopes: ReadonlyMap<Node, Scope>;
  /** By identifier; null for a global. */
  readonly uses: ReadonlyMap<Node, Binding | null>;
  /** Every name in the file. */
  readonly names: ReadonlySet<string>;
  /** Names that are assigned to without being bound. */
  readonly assignedGlobals: ReadonlySet<string>;
}

/** Analyses a program. */
export function analyze(program: Node): Scopes {
  return new Analysis(program).run();
}

const ASSIGNED_LATER: ReadonlySet<BindingKind> = new Set(['param', 'catch']);

class Analysis {
  private readonly program: Node;
  private readonly fns = new Map<Node, Fn>();
  private readonly scopes = new Map<Node, Scope>();
  private readonly names = new Set<string>();
  private readonly pending: { node: Node; scope: Scope; write: boolean; read: boolean }[] = [];
  private readonly hoisted = new Set<Node>();
  private inParams = false;
  private scope!: Scope;
  private fn!: Fn;

  constructor(program: Node) {
    this.program = program;
  }

  run(): Scopes {
    const module = this.openFn(this.program, 'module');
    this.fn = module;
    this.scope = this.openScope('module', this.program, null);
    this.hoist(this.program.body);
    for (const each of this.program.body) this.visit(each);
    const uses = new Map<Node, Binding | null>();
    const assignedGlobals = new Set<string>();
    for (const { node, scope, write, read } of this.pending) {
      const binding = lookUp(scope, node.name);
      uses.set(node, binding);
      if (binding === null) {
        if (write) assignedGlobals.add(node.name);
        continue;
      }
      if (write) binding.assigned = true;
      if (read) binding.used = true;
    }
    const { fns, scopes, names } = this;
    return { module, fns, scopes, uses, names, assignedGlobals };
  }

  private openFn(node: Node, kind: FnKind, derived = false): Fn {
    const fn: Fn = {
      kind,
      node,
      parent: this.fn ?? null,
      async: Boolean(node.async),
      generator: Boolean(node.generator),
      derived: derived || (kind === 'arrow' && this.fn.derived),
      inParams: this.inParams,
      hoisted: this.hoisted.has(node),
      usesThis: false,
      usesArguments: false,
      usesTarget: false,
      usesSuper: false,
      usesEval: false,
      arrowArguments: false,
      points: [],
    };
    this.fns.set(node, fn);
    return fn;
  }

  private openScope(kind: Scope['kind'], node: Node, parent: Scope | null): Scope {
    const scope: Scope = { kind, parent, fn: this.fn, bindings: new Map() };
    this.scopes.set(node, scope);
    return scope;
  }

  private inScope(kind: Scope['kind'], node: Node, body: () => void) {
    const { scope } = this;
    this.scope = this.openScope(kind, node, scope);
    body();
    this.scope = scope;
  }

  private inFn(fn: Fn, body: () => void) {
    const outer = this.fn;
    this.fn = fn;
    body();
    this.fn = outer;
  }

  private declare(scope: Scope, name: string, kind: BindingKind, value?: Node): Binding {
    this.names.add(name);
    const known = scope.bindings.get(name);
    if (known !== undefined) {
      if (kind === 'type') return known;
      if (known.kind === 'type') {
        known.kind = kind;
        known.value = value;
      } else {
        known.assigned = true;
        known.again = true;
        if (kind === 'function') known.value = value;
      }
      return known;
    }
    const assigned = ASSIGNED_LATER.has(kind);
    const binding: Binding = { name, kind, scope, value, assigned, used: false, again: false };
    scope.bindings.set(name, binding);
    return binding;
  }

  /** Binds what the statements of a block declare, before any of them is visited. */
  private hoist(statements: readonly Node[]) {
    for (const each of statements) this.hoistStatement(each);
  }

  /** The functions that a `switch` declares have no block whose head could link them. */
  private unhoist(statements: readonly Node[]) {
    for (const each of statements) this.hoisted.delete(each);
  }

  private hoistStatement(statement: Node) {
    switch (statement.type) {
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        if (statement.declaration) this.hoistStatement(statement.declaration);
        break;
      case 'FunctionDeclaration':
        this.hoisted.add(statement);
        if (statement.id) this.declare(this.scope, statement.id.name, 'function', statement);
        break;
      case 'ClassDeclaration':
        if (statement.id && !statement.declare)
          this.declare(this.scope, statement.id.name, 'class', statement);
        break;
      case 'VariableDeclaration':
        if (!statement.declare) this.hoistVariables(statement);
        break;
      case 'ImportDeclaration':
        this.hoistImport(statement);
        break;
      case 'TSEnumDeclaration':
        this.declare(this.scope, statement.id.name, 'var');
        break;
      case 'TSModuleDeclaration':
        if (statement.id.type === 'Identifier')
          this.declare(this.scope, statement.id.name, statement.declare ? 'type' : 'var');
        break;
      case 'TSImportEqualsDeclaration':
        this.declare(this.scope, statement.id.name, 'import', statement);
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        this.declare(this.scope, statement.id.name, 'type');
        break;
    }
  }

  private hoistImport(statement: Node) {
    for (const each of statement.specifiers) {
      const type = statement.importKind === 'type' || each.importKind === 'type';
      this.declare(this.scope, each.local.name, type ? 'type' : 'import', each);
    }
  }

  private hoistVariables(declaration: Node) {
    const { kind } = declaration;
    const scope = kind === 'var' ? this.varScope() : this.scope;
    for (const each of declaration.declarations) {
      const init = each.id.type === 'Identifier' ? (each.init ?? undefined) : undefined;
      const bindingKind: BindingKind = kind === 'await using' ? 'using' : kind;
      for (const name of boundNames(each.id)) this.declare(scope, name, bindingKind, init);
    }
  }

  private varScope(): Scope {
    let { scope } = this;
    while (scope.kind === 'block' || scope.kind === 'class') scope = scope.parent as Scope;
    return scope;
  }

  private use(node: Node, { write = false, read = true } = {}) {
    this.names.add(node.name);
    this.pending.push({ node, scope: this.scope, write, read });
  }

  /** Marks something on the nearest function with its own `this`, and on all arrow functions up to it. */
  private mark(what: 'usesThis' | 'usesArguments' | 'usesTarget' | 'usesSuper') {
    let { fn } = this;
    const inArrow = fn.kind === 'arrow';
    fn[what] = true;
    while (fn.kind === 'arrow') {
      fn = fn.parent as Fn;
      fn[what] = true;
    }
    if (what === 'usesArguments' && inArrow) fn.arrowArguments = true;
  }

  private visitAll(nodes: readonly (Node | null)[]) {
    for (const each of nodes) if (each) this.visit(each);
  }

  private visit(node: Node): void {
    const { type } = node;
    if (isFunction(node)) {
      this.visitFunction(node);
      return;
    }
    if (type.startsWith('TS')) {
      this.visitTypeScript(node);
      return;
    }
    switch (type) {
      case 'Identifier':
        if (node.name === 'arguments' && this.hasArguments()) this.mark('usesArguments');
        this.use(node);
        return;
      case 'JSXIdentifier':
        this.use(node);
        return;
      case 'ThisExpression':
        this.mark('usesThis');
        return;
      case 'Super':
        this.mark('usesThis');
        this.mark('usesSuper');
        return;
      case 'MetaProperty':
        if (node.meta.name === 'new') this.mark('usesTarget');
        return;
      case 'BlockStatement':
      case 'StaticBlock':
        this.visitBlock(node);
        return;
      case 'SwitchStatement':
        this.visit(node.discriminant);
        this.inScope('block', node, () => {
          for (const each of node.cases) this.hoist(each.consequent);
          for (const each of node.cases) this.unhoist(each.consequent);
          this.visitAll(node.cases);
        });
        return;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.visitFor(node);
        return;
      case 'CatchClause':
        this.inScope('block', node, () => {
          if (node.param) {
            for (const name of boundNames(node.param)) this.declare(this.scope, name, 'catch');
            this.visitPattern(node.param, false);
          }
          this.visit(node.body);
        });
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.visitClass(node);
        return;
      case 'VariableDeclaration':
        this.visitVariables(node);
        return;
      case 'AssignmentExpression':
        this.visitPattern(node.left, true, node.operator !== '=');
        this.visit(node.right);
        return;
      case 'UpdateExpression':
        this.visitPattern(node.argument, true, true);
        return;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        this.visit(node.object);
        if (node.computed) this.visit(node.property);
        return;
      case 'CallExpression':
      case 'OptionalCallExpression':
        this.fn.points.push(node);
        if (node.callee.type === 'Identifier' && node.callee.name === 'eval') this.markEval();
        break;
      case 'NewExpression':
      case 'TaggedTemplateExpression':
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'ImportExpression':
        this.fn.points.push(node);
        break;
      case 'ObjectProperty':
        if (node.computed) this.visit(node.key);
        this.visit(node.value);
        return;
      case 'LabeledStatement':
        this.visit(node.body);
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'PrivateName':
        return;
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'ExportNamedDeclaration':
        this.visitExport(node);
        return;
    }
    for (const child of childrenOf(node)) this.visit(child);
  }

  private hasArguments(): boolean {
    let fn: Fn | null = this.fn;
    while (fn?.kind === 'arrow') fn = fn.parent;
    return fn !== null && fn.kind !== 'module';
  }

  private markEval() {
    for (let fn: Fn | null = this.fn; fn !== null; fn = fn.parent) fn.usesEval = true;
  }

  private visitExport(node: Node): void {
    if (node.exportKind === 'type') return;
    if (node.declaration) {
      for (const name of declaredNames(node.declaration)) {
        const binding = lookUp(this.scope, name);
        if (binding !== null) binding.used = true;
      }
      this.visit(node.declaration);
      return;
    }
    if (node.source) return;
    for (const each of node.specifiers) {
      if (each.exportKind !== 'type') this.use(each.local);
    }
  }

  private visitBlock(node: Node) {
    if (node.type === 'StaticBlock') {
      const fn = this.openFn(node, 'static');
      this.inFn(fn, () =>
        this.inScope('function', node, () => {
          this.hoist(node.body);
          this.visitAll(node.body);
        }),
      );
      return;
    }
    this.inScope('block', node, () => {
      this.hoist(node.body);
      this.visitAll(node.body);
    });
  }

  private visitFor(node: Node) {
    this.inScope('block', node, () => {
      const head = node.type === 'ForStatement' ? node.init : node.left;
      if (head?.type === 'VariableDeclaration') {
        this.hoistVariables(head);
        if (node.type !== 'ForStatement') {
          for (const each of head.declarations) {
            for (const name of boundNames(each.id)) {
              const binding = lookUp(this.scope, name);
              if (binding !== null) binding.assigned = true;
            }
          }
        }
        this.visit(head);
      } else if (head) {
        if (node.type === 'ForStatement') this.visit(head);
        else this.visitPattern(head, true);
      }
      if (node.type === 'ForStatement') {
        this.visitAll([node.test, node.update]);
      } else {
        this.visit(node.right);
        if (node.type === 'ForOfStatement') this.fn.points.push(node);
      }
      this.visit(node.body);
    });
  }

  private visitVariables(node: Node) {
    if (node.declare) return;
    if (node.kind === 'using' || node.kind === 'await using') this.fn.points.push(node);
    for (const each of node.declarations) {
      this.visitPattern(each.id, false);
      if (each.init) this.visit(each.init);
    }
  }

  /** Visits what is assigned to: `assigns` tells an assignment from a declaration. */
  private visitPattern(node: Node, assigns: boolean, reads = false): void {
    switch (node.type) {
      case 'Identifier':
        this.names.add(node.name);
        if (assigns) this.use(node, { write: true, read: reads });
        return;
      case 'ObjectPattern':
        for (const each of node.properties) {
          if (each.type === 'ObjectProperty') {
            if (each.computed) this.visit(each.key);
            this.visitPattern(each.value, assigns);
          } else {
            this.visitPattern(each.argument, assigns);
          }
        }
        return;
      case 'ArrayPattern':
        for (const each of node.elements) if (each) this.visitPattern(each, assigns);
        return;
      case 'AssignmentPattern':
        this.visitPattern(node.left, assigns);
        this.visit(node.right);
        return;
      case 'RestElement':
        this.visitPattern(node.argument, assigns);
        return;
      case 'TSParameterProperty':
        this.visitPattern(node.parameter, assigns);
        return;
      default: {
        const inner = bare(node);
        if (inner !== node) {
          this.visitPattern(inner, assigns, reads);
          return;
        }
        this.visit(node);
        return;
      }
    }
  }

  private visitClass(node: Node) {
    this.visitAll(node.decorators ?? []);
    this.inScope('class', node, () => {
      if (node.id) {
        this.names.add(node.id.name);
        this.declare(this.scope, node.id.name, 'self', node);
      }
      if (node.superClass) this.visit(node.superClass);
      for (const member of node.body.body) this.visitMember(member, node);
    });
  }

  private visitMember(member: Node, owner: Node) {
    if (member.declare || member.abstract || member.type === 'TSDeclareMethod') return;
    if (member.type === 'TSIndexSignature') return;
    this.visitAll(member.decorators ?? []);
    if (member.computed) this.visit(member.key);
    if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
      const kind: FnKind =
        member.kind === 'constructor'
          ? 'constructor'
          : member.kind === 'method'
            ? 'method'
            : 'accessor';
      const derived = kind === 'constructor' && Boolean(owner.superClass);
      this.visitBody(member, this.openFn(member, kind, derived));
      return;
    }
    if (member.type === 'StaticBlock') {
      this.visit(member);
      return;
    }
    if (member.value) {
      const fn = this.openFn(member, 'field');
      this.inFn(fn, () => this.inScope('function', member, () => this.visit(member.value)));
    }
  }

  private visitFunction(node: Node) {
    if (node.type === 'ObjectMethod') {
      if (node.computed) this.visit(node.key);
      this.visitBody(node, this.openFn(node, node.kind === 'method' ? 'method' : 'accessor'));
      return;
    }
    const fn = this.openFn(node, node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function');
    if (node.type === 'FunctionExpression' && node.id) {
      this.inScope('block', node.id, () => {
        this.declare(this.scope, node.id.name, 'self', node);
        this.visitBody(node, fn);
      });
    } else {
      this.visitBody(node, fn);
    }
  }

  private visitBody(node: Node, fn: Fn): void {
    this.inFn(fn, () =>
      this.inScope('function', node, () => {
        for (const each of node.params) {
          for (const name of boundNames(each)) this.declare(this.scope, name, 'param');
        }
        const { inParams } = this;
        this.inParams = true;
        for (const each of node.params) {
          this.visitAll(each.decorators ?? []);
          this.visitPattern(each, false);
        }
        this.inParams = inParams && fn.kind === 'arrow';
        if (node.body.type === 'BlockStatement') {
          this.hoist(node.body.body);
          this.visitAll(node.body.directives);
          this.visitAll(node.body.body);
        } else {
          this.visit(node.body);
        }
        this.inParams = inParams;
      }),
    );
  }

  /** The members of an enum are names in its initializers. */
  private visitEnum(node: Node): void {
    const members: Node[] = node.body?.members ?? node.members;
    this.inScope('block', node, () => {
      for (const { id } of members) this.declare(this.scope, id.name ?? id.value, 'member', node);
      for (const { initializer } of members) if (initializer) this.visit(initializer);
    });
  }

  private visitNamespace(body: Node): void {
    if (body.type === 'TSModuleDeclaration') {
      this.inScope('block', body, () => {
        this.declare(this.scope, body.id.name, 'var');
        this.visitNamespace(body.body);
      });
      return;
    }
    this.inScope('block', body, () => {
      this.hoist(body.body);
      this.visitAll(body.body);
    });
  }

  /** `A.B.C`: a use of `A`. */
  private visitEntity(node: Node): void {
    if (node.type === 'TSQualifiedName') this.visitEntity(node.left);
    else if (node.type === 'Identifier') this.use(node);
  }

  private visitTypeScript(node: Node): void {
    switch (node.type) {
      case 'TSExportAssignment':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        this.visit(node.expression);
        return;
      case 'TSParameterProperty':
        this.visit(node.parameter);
        return;
      case 'TSEnumDeclaration':
        if (!node.declare) this.visitEnum(node);
        return;
      case 'TSModuleDeclaration':
        if (!node.declare && node.body) this.visitNamespace(node.body);
        return;
      case 'TSImportEqualsDeclaration':
        if (node.importKind !== 'type') this.visitEntity(node.moduleReference);
        return;
    }
  }
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

function declaredNames(declaration: Node): string[] {
  if (declaration.type !== 'VariableDeclaration')
    return declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
  return declaration.declarations.flatMap((each: Node) => boundNames(each.id));
}
