/** The record of the scope pass: what it opens, declares, hoists and uses. */

import type { LeftOut } from './leave-out.ts';
import type { Node } from './node.ts';
import {
  type Binding,
  type BindingKind,
  boundNames,
  exportedNames,
  type Fn,
  type FnKind,
  lookUp,
  type Scope,
} from './scope.ts';
import { isTypeOnly } from './types.ts';

const ASSIGNED_LATER: ReadonlySet<BindingKind> = new Set(['param', 'catch']);

type Mark =
  | 'usesThis'
  | 'usesArguments'
  | 'usesTarget'
  | 'usesSuper'
  | 'writesSuper'
  | 'usesWith'
  | 'namesYield'
  | 'usesCallee';

/** What the pass writes down: scopes with their bindings, functions, and uses of names. */
export abstract class ScopeRecord {
  protected readonly fns = new Map<Node, Fn>();
  protected readonly scopes = new Map<Node, Scope>();
  protected readonly names = new Set<string>();
  protected readonly takenFrom = new Map<Node, Node>();
  protected readonly classOf = new Map<Node, Node>();
  protected readonly pending: { node: Node; scope: Scope; write: boolean; read: boolean }[] = [];
  protected readonly hoisted = new Set<Node>();
  private readonly leftOut: LeftOut;
  protected inParams = false;
  /** Whether the code is in a `with` statement, where no name can be relied on. */
  protected inWith = false;
  protected strict = true;
  protected isScript = false;
  protected scope!: Scope;
  protected fn!: Fn;

  constructor(leftOut: LeftOut) {
    this.leftOut = leftOut;
  }

  protected abstract visit(node: Node): void;

  protected visitAll(nodes: readonly (Node | null)[]) {
    for (const each of nodes) if (each) this.visit(each);
  }

  protected openFn(node: Node, kind: FnKind, derived = false): Fn {
    const fn: Fn = {
      kind,
      node,
      parent: this.fn ?? null,
      async: Boolean(node.async),
      generator: Boolean(node.generator),
      derived: derived || (kind === 'arrow' && this.fn.derived),
      inParams: this.inParams,
      hoisted: this.hoisted.has(node),
      leftOut: this.fn?.leftOut === true || this.inWith || this.leftOut.has(node),
      strict: this.strict || hasUseStrict(node),
      usesThis: false,
      usesArguments: false,
      usesTarget: false,
      usesSuper: false,
      writesSuper: false,
      usesEval: false,
      usesWith: false,
      namesYield: false,
      usesCallee: false,
      returns: false,
      isOpenInParams: false,
      arrowArguments: false,
      points: [],
    };
    this.fns.set(node, fn);
    return fn;
  }

  protected openScope(kind: Scope['kind'], node: Node, parent: Scope | null): Scope {
    const scope: Scope = { kind, parent, fn: this.fn, bindings: new Map() };
    this.scopes.set(node, scope);
    return scope;
  }

  protected inScope(kind: Scope['kind'], node: Node, body: () => void) {
    const { scope } = this;
    this.scope = this.openScope(kind, node, scope);
    body();
    this.scope = scope;
  }

  protected inFn(fn: Fn, body: () => void) {
    const { fn: outer, strict } = this;
    this.fn = fn;
    this.strict = fn.strict;
    body();
    this.fn = outer;
    this.strict = strict;
  }

  protected declare(scope: Scope, name: string, kind: BindingKind, value?: Node): Binding {
    this.note(name);
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
  protected hoist(statements: readonly Node[]) {
    for (const each of statements) this.hoistStatement(each);
  }

  protected hoistStatement(statement: Node) {
    switch (statement.type) {
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        if (statement.declaration) this.hoistStatement(statement.declaration);
        break;
      case 'LabeledStatement':
        if (/^(?:Labeled|Function)/.test(statement.body.type)) this.hoistStatement(statement.body);
        break;
      case 'FunctionDeclaration':
        this.hoisted.add(statement);
        if (statement.id) this.declare(this.scope, statement.id.name, 'function', statement);
        if (this.scope.kind === 'block') this.declareOutside(statement);
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
        this.declare(this.scope, statement.id.name, 'var', statement);
        break;
      case 'TSModuleDeclaration':
        this.hoistNamespace(statement);
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

  /** In sloppy mode a function in a block is a variable of the function around, too, from when its declaration is reached. */
  protected declareOutside({ id, async, generator }: Node): void {
    if (this.strict || async || generator) return;
    const scope = this.varScope();
    const known = scope.bindings.get(id.name);
    (known ?? this.declare(scope, id.name, 'var')).assigned = true;
  }

  protected hoistImport(statement: Node) {
    for (const each of statement.specifiers) {
      const type = statement.importKind === 'type' || each.importKind === 'type';
      const binding = this.declare(this.scope, each.local.name, type ? 'type' : 'import', each);
      binding.source = statement.source.value;
    }
  }

  protected hoistVariables(declaration: Node) {
    const { kind } = declaration;
    const scope = kind === 'var' ? this.varScope() : this.scope;
    for (const each of declaration.declarations) {
      const init = each.id.type === 'Identifier' ? (each.init ?? undefined) : undefined;
      const bindingKind: BindingKind = kind === 'await using' ? 'using' : kind;
      const source = kind === 'const' ? requiredModule(each.init) : undefined;
      for (const name of boundNames(each.id)) {
        const binding = this.declare(scope, name, bindingKind, init);
        if (source !== undefined) binding.source = source;
      }
    }
  }

  protected varScope(): Scope {
    let { scope } = this;
    while (scope.kind === 'block' || scope.kind === 'class') scope = scope.parent as Scope;
    return scope;
  }

  protected use(node: Node, { write = false, read = true } = {}) {
    this.note(node.name);
    this.pending.push({ node, scope: this.scope, write, read });
  }

  protected note(name: string): void {
    this.names.add(name);
    if (name === 'yield') this.mark('namesYield');
  }

  /** Marks something on the nearest function with its own `this`, and on all arrow functions up to it. */
  protected mark(what: Mark) {
    let { fn } = this;
    const inArrow = fn.kind === 'arrow';
    fn[what] = true;
    while (fn.kind === 'arrow') {
      fn = fn.parent as Fn;
      fn[what] = true;
    }
    if (what === 'usesArguments' && inArrow) fn.arrowArguments = true;
    const opens =
      what === 'usesTarget' || what === 'usesSuper' || (what === 'usesThis' && fn.derived);
    if (opens && this.inParams) fn.isOpenInParams = true;
  }

  protected hasArguments(): boolean {
    let fn: Fn | null = this.fn;
    while (fn?.kind === 'arrow') fn = fn.parent;
    return fn !== null && (fn.kind !== 'module' || this.isScript);
  }

  protected markEval() {
    for (let fn: Fn | null = this.fn; fn !== null; fn = fn.parent) fn.usesEval = true;
  }

  protected declareParameters(params: readonly Node[]): void {
    for (const each of params) {
      for (const name of boundNames(each)) {
        const binding = this.declare(this.scope, name, 'param');
        if (each.type !== 'RestElement' || each.argument.type !== 'Identifier') continue;
        binding.rest = true;
        binding.assigned = false;
      }
    }
  }

  protected pointsOfSpreads(nodes: readonly (Node | null)[]): void {
    for (const each of nodes) if (each?.type === 'SpreadElement') this.fn.points.push(each);
  }

  /** `A.B.C`: a use of `A`. */
  protected visitEntity(node: Node): void {
    if (node.type === 'TSQualifiedName') this.visitEntity(node.left);
    else if (node.type === 'Identifier') this.use(node);
  }

  /** What stands behind `if (…)`: in sloppy mode that may be a function, as if in a block of its own. */
  protected visitBranch(node: Node): void {
    if (node.type === 'FunctionDeclaration') {
      this.hoisted.add(node);
      this.declareOutside(node);
    }
    this.visit(node);
  }

  protected visitWith(node: Node): void {
    const { inWith } = this;
    this.visit(node.object);
    this.mark('usesWith');
    this.inWith = true;
    this.visit(node.body);
    this.inWith = inWith;
  }

  /** The members of an enum are names in its initializers. */
  protected visitEnum(node: Node): void {
    const members: Node[] = node.body?.members ?? node.members;
    this.inScope('block', node, () => {
      for (const { id } of members) this.declare(this.scope, id.name ?? id.value, 'member', node);
      for (const { initializer } of members) if (initializer) this.visit(initializer);
    });
  }

  private hoistNamespace(statement: Node) {
    const { id } = statement;
    if (id.type !== 'Identifier') return;
    const isErased = statement.declare || isTypeOnly(statement);
    const binding = this.declare(this.scope, id.name, isErased ? 'type' : 'var', statement);
    binding.parts ??= [];
    binding.parts.push(statement);
  }

  /** What other parts of the same namespace export can be used by its own name. */
  protected visitNamespace(node: Node): void {
    const { id, body } = node;
    const parts: readonly Node[] = lookUp(this.scope, id.name)?.parts ?? [];
    this.inScope('block', node, () => {
      for (const part of parts) {
        if (part === node || part.body?.type !== 'TSModuleBlock') continue;
        for (const name of exportedNames(part.body)) this.declare(this.scope, name, 'member', node);
      }
      if (body.type === 'TSModuleDeclaration') {
        this.declare(this.scope, body.id.name, 'var');
        this.visitNamespace(body);
        return;
      }
      this.inScope('block', body, () => {
        this.hoist(body.body);
        this.visitAll(body.body);
      });
    });
  }
}

function hasUseStrict(node: Node): boolean {
  const directives: Node[] = node.directives ?? node.body?.directives ?? [];
  return directives.some((each) => /^['"]use strict['"]$/.test(each.value.extra.raw));
}

/** The module that an expression requires, as `require('m')` or `require('m').name`; undefined for any other. */
function requiredModule(init: Node | null | undefined): string | undefined {
  const call = init?.type === 'MemberExpression' ? init.object : init;
  if (call?.type !== 'CallExpression' || call.callee.name !== 'require') return undefined;
  const [specifier] = call.arguments;
  return specifier?.type === 'StringLiteral' ? specifier.value : undefined;
}
