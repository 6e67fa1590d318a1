/** The scope pass over classes. */

import type { Node } from './node.ts';
import { ScopeRecord } from './record.ts';
import type { Fn, FnKind } from './scope.ts';

/** What the pass writes down of classes: their members, and what constructing with them runs. */
export abstract class ClassRecord extends ScopeRecord {
  private owner: Node | undefined = undefined;

  protected abstract visitBody(node: Node, fn: Fn): void;

  protected visitClass(node: Node) {
    const { strict, owner } = this;
    this.strict = true;
    this.visitAll(node.decorators ?? []);
    this.inScope('class', node, () => {
      if (node.id) {
        this.names.add(node.id.name);
        this.declare(this.scope, node.id.name, 'self', node);
      }
      if (node.superClass) this.visit(node.superClass);
      this.owner = node;
      for (const member of node.body.body) this.visitMember(member, node);
      this.owner = owner;
      this.noteConstruction(node);
    });
    this.strict = strict;
  }

  /** `super(…)` constructs with the parent of the class around it. */
  protected noteSuperCall(call: Node): void {
    if (this.owner) this.classOf.set(call, this.owner);
  }

  /** What `new` runs besides the constructor's own text: initializers, and the parent's constructor where none is written. */
  private noteConstruction(node: Node): void {
    const written: Node | undefined = node.body.body.find(isConstructor);
    const fn = written
      ? (this.fns.get(written) as Fn)
      : this.openFn(node.body, 'constructor', Boolean(node.superClass));
    this.classOf.set(fn.node, node);
    if (!written && node.superClass) fn.points.push(node);
    for (const member of node.body.body) {
      if (member.static || !/Property$/.test(member.type)) continue;
      this.classOf.set(member, node);
      if (this.fns.has(member)) fn.points.push(member);
    }
  }

  private visitMember(member: Node, owner: Node) {
    if (member.declare || member.abstract || member.type === 'TSDeclareMethod') return;
    if (member.type === 'TSIndexSignature') return;
    this.visitAll(member.decorators ?? []);
    if (member.computed) this.visit(member.key);
    if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
      const kind = kindOf(member);
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
}

function isConstructor(member: Node): boolean {
  return member.type === 'ClassMethod' && member.kind === 'constructor' && Boolean(member.body);
}

function kindOf({ kind }: Node): FnKind {
  if (kind === 'constructor') return 'constructor';
  return kind === 'method' ? 'method' : 'accessor';
}
