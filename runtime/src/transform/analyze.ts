/** The scope pass: one walk over the tree that finds the scopes, the functions with what they use, and every use of a name. */

import { ClassRecord } from './class-record.ts';
import { bare, childrenOf, isFunction, type Node } from './node.ts';
import { type Binding, boundNames, declaredNames, type Fn, lookUp, type Scopes } from './scope.ts';

/** Analyses a program. */
export function analyze(
  program: Node,
  leftOut: ReadonlySet<Node>,
  madeUp: ReadonlySet<string> = new Set(),
): Scopes {
  return new Analysis(leftOut).run(program, madeUp);
}

class Analysis extends ClassRecord {
  run(program: Node, madeUp: ReadonlySet<string>): Scopes {
    this.isScript = program.sourceType === 'script';
    this.strict = !this.isScript;
    const module = this.openFn(program, 'module');
    this.fn = module;
    this.strict = module.strict;
    this.scope = this.openScope('module', program, null);
    this.hoist(program.body);
    for (const each of program.body) this.visit(each);
    const uses = new Map<Node, Binding | null>();
    let bindsArguments = false;
    const assignedGlobals = new Set<string>();
    for (const { node, scope, write, read } of this.pending) {
      const binding = lookUp(scope, node.name);
      uses.set(node, binding);
      if (binding === null) {
        if (write) assignedGlobals.add(node.name);
        continue;
      }
      if (node.name === 'arguments') bindsArguments = true;
      if (write) binding.assigned = true;
      if (read) binding.used = true;
    }
    const { fns, scopes, names, isScript, takenFrom, classOf } = this;
    return {
      module,
      isScript,
      bindsArguments,
      fns,
      scopes,
      uses,
      names,
      takenFrom,
      classOf,
      assignedGlobals,
      madeUp,
    };
  }

  protected override visit(node: Node): void {
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
        this.takenFrom.set(node.left, node.right);
        this.visitPattern(node.left, true, node.operator !== '=');
        this.visit(node.right);
        return;
      case 'UpdateExpression':
        this.visitPattern(node.argument, true, true);
        return;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        if (isCallee(node) && this.hasArguments()) this.mark('usesCallee');
        this.visit(node.object);
        if (node.computed) this.visit(node.property);
        return;
      case 'CallExpression':
      case 'OptionalCallExpression':
        this.fn.points.push(node);
        this.pointsOfSpreads(node.arguments);
        if (bare(node.callee).name === 'eval') this.markEval();
        if (node.callee.type === 'Super') this.noteSuperCall(node);
        break;
      case 'NewExpression':
      case 'TaggedTemplateExpression':
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'ImportExpression':
        this.fn.points.push(node);
        break;
      case 'ArrayExpression':
        this.pointsOfSpreads(node.elements);
        break;
      case 'ObjectProperty':
        if (node.computed) this.visit(node.key);
        this.visit(node.value);
        return;
      case 'IfStatement':
        this.visit(node.test);
        this.visitBranch(node.consequent);
        if (node.alternate) this.visitBranch(node.alternate);
        return;
      case 'LabeledStatement':
        this.note(node.label.name);
        this.visit(node.body);
        return;
      case 'WithStatement':
        this.visitWith(node);
        return;
      case 'ReturnStatement':
        this.fn.returns = true;
        break;
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'PrivateName':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'ExportNamedDeclaration':
        this.visitExport(node);
        return;
    }
    for (const child of childrenOf(node)) this.visit(child);
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
      if (each.init) this.takenFrom.set(each.id, each.init);
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
        this.fn.points.push(node);
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
        if (inner.object?.type === 'Super') this.mark('writesSuper');
        if (inner !== node) {
          this.visitPattern(inner, assigns, reads);
          return;
        }
        this.visit(node);
        return;
      }
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

  protected visitBody(node: Node, fn: Fn): void {
    this.inFn(fn, () =>
      this.inScope('function', node, () => {
        this.declareParameters(node.params);
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
        if (!node.declare && node.body) this.visitNamespace(node);
        return;
      case 'TSImportEqualsDeclaration':
        if (node.importKind !== 'type') this.visitEntity(node.moduleReference);
        return;
    }
  }
}

function isCallee({ object, property }: Node): boolean {
  return object.name === 'arguments' && (property.name ?? property.value) === 'callee';
}
