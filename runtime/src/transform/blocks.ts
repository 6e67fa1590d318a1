/** The statements of a block: what stands at its head and at its end. */

import { closeCall, openCall } from './call-shape.ts';
import type { Emitter } from './emitter.ts';
import type { Node } from './node.ts';
import { type Fn, isReplaced } from './scope.ts';
import { indexOfToken } from './tokens.ts';

/**
 * Writes the statements of a block, after its `{`. Where it has `using` declarations, they are
 * `const $u=$disposables();try{…}catch($e){$u.fail($e)}finally{CALL}`, so that disposing may switch.
 *
 * @param after what follows one of them.
 */
export function emitStatements(
  emitter: Emitter,
  statements: readonly Node[],
  after?: { statement: Node; text: string },
): void {
  const disposes = statements.some(isUsing);
  if (disposes) openDisposables(emitter);
  emitter.insert(linksOf(emitter, statements));
  for (const each of statements) {
    emitter.emit(each);
    if (each === after?.statement) emitter.insert(after.text);
  }
  if (disposes) closeDisposables(emitter, statements);
}

/** Whether a statement is a `using` or an `await using` declaration. */
export function isUsing(statement: Node): boolean {
  return statement.type === 'VariableDeclaration' && /using$/.test(statement.kind);
}

/** Writes what stands before statements with `using` declarations. */
function openDisposables(emitter: Emitter): void {
  const { unit } = emitter;
  emitter.insert(`const ${unit.helper('$u')}=${unit.call('$disposables')}();try{`);
}

/** Writes what stands behind them. */
function closeDisposables(emitter: Emitter, declarations: readonly Node[]): void {
  const { unit, activation } = emitter;
  const u = unit.helper('$u');
  const e = unit.helper('$e');
  const last = declarations.findLast(isUsing) as Node;
  emitter.insert(`}catch(${e}){${u}.fail(${e})}finally{`);
  if (activation.mode === 'plain') {
    const isAsync = declarations.some((each) => each.kind === 'await using');
    emitter.insert(isAsync ? `await ${u}.disposeLater()` : `${u}.disposeNow()`);
  } else {
    openCall(emitter, last.start);
    emitter.insert(`${u}.dispose()`);
    closeCall(emitter, last.start, 'dispose');
  }
  emitter.insert('}');
}

/** Writes a `using` declaration: `const x=$u.add(E)`; the cursor stands at it. */
export function emitUsing(emitter: Emitter, node: Node): void {
  const u = emitter.unit.helper('$u');
  const isAsync = node.kind === 'await using';
  emitter.insert('const', node.start);
  emitter.blankTo(node.declarations[0].start);
  for (const { id, init, end } of node.declarations) {
    emitter.emit(id);
    emitter.copyTo(init.start);
    emitter.insert(`${u}.add(`);
    emitter.emit(init);
    emitter.insert(isAsync ? ',true)' : ')');
    emitter.copyTo(end);
  }
  emitter.copyTo(node.end);
}

function linkOf(fn: Fn): '$link' | '$linkAsync' | '$linkAsyncGenerator' {
  if (!fn.async) return '$link';
  return fn.generator ? '$linkAsyncGenerator' : '$linkAsync';
}

/** `case ($link(foo,foo$g),A):` for the functions that a `switch` declares: its first test is what runs before everything else. */
export function emitSwitch(emitter: Emitter, node: Node): void {
  const isApart = needsHeadApart(emitter, node);
  if (isApart) emitHeadApart(emitter, node);
  else emitter.emit(node.discriminant);
  const links = linkCalls(
    emitter,
    node.cases.flatMap((each: Node) => each.consequent),
  );
  const first: Node | undefined = node.cases.find((each: Node) => each.test);
  for (const each of node.cases as Node[]) {
    if (each.test) {
      emitter.copyTo(each.test.start);
      if (each === first && links.length > 0) emitter.insert(`(${links.join(',')},`);
      emitter.emit(each.test);
      if (each === first && links.length > 0) emitter.insert(')');
    } else if (first === undefined && links.length > 0) {
      emitter.copyTo(indexOfToken(emitter.unit.code, ':', each.start) + 1);
      emitter.insert(`${links.join(';')};`);
    }
    emitter.emitAll(each.consequent);
  }
  emitter.copyTo(node.end);
  if (isApart) emitter.insert('}');
}

/**
 * V8 (Node 20 and 22) ends the process when a debugger pauses at a call in the head of a `switch` whose cases declare what closures use:
 * it takes the head for a part of the cases' scope. A call is no place to pause at if it does not stand there.
 */
function needsHeadApart({ activation }: Emitter, { discriminant, cases }: Node): boolean {
  if (activation.mode === 'plain' || PASSIVE.has(discriminant.type)) return false;
  const statements: Node[] = cases.flatMap((each: Node) => each.consequent);
  return statements.some(
    ({ type, kind }) =>
      type === 'FunctionDeclaration' ||
      type === 'ClassDeclaration' ||
      (type === 'VariableDeclaration' && kind !== 'var'),
  );
}

/** Expressions that call nothing. */
const PASSIVE = new Set([
  'Identifier',
  'StringLiteral',
  'NumericLiteral',
  'BooleanLiteral',
  'ThisExpression',
]);

/** `switch (CALL) {…}` becomes `{void($k1=(CALL));switch($k1){…}}`. */
function emitHeadApart(emitter: Emitter, { start, discriminant }: Node): void {
  const value = emitter.freshTemp('$k');
  emitter.insert(`{void(${value}=(`, start);
  emitter.blankTo(discriminant.start);
  emitter.emit(discriminant);
  emitter.insert('));');
  emitter.insert(`switch(${value})`, start);
  emitter.blankTo(indexOfToken(emitter.unit.code, '{', discriminant.end));
}

/** The head of a block for hoisted declarations: `$link(foo,foo$g);` for each that has two forms. */
export function linksOf(emitter: Emitter, statements: readonly Node[]): string {
  return linkCalls(emitter, statements)
    .map((each) => `${each};`)
    .join('');
}

function linkCalls(emitter: Emitter, statements: readonly Node[]): string[] {
  const { unit } = emitter;
  const links = new Set<string>();
  for (const statement of statements) {
    const declaration = declarationIn(statement);
    if (declaration?.type !== 'FunctionDeclaration') continue;
    const fn = unit.scopes.fns.get(declaration);
    if (fn === undefined || isReplaced(declaration, unit.scopes) || !unit.switching.mayFunction(fn))
      continue;
    const name = declaration.id?.name ?? unit.helper('$default');
    if (!declaration.id) links.add(`${unit.call('$named')}(${name},"default")`);
    links.add(
      fn.generator && !fn.async
        ? `${unit.call('$generator')}(${name})`
        : `${unit.call(linkOf(fn))}(${name},${unit.knownForm(fn, unit.formName(name))})`,
    );
  }
  return [...links];
}

function declarationIn(statement: Node): Node | null | undefined {
  if (statement.type === 'LabeledStatement') return declarationIn(statement.body);
  return /^Export/.test(statement.type) ? statement.declaration : statement;
}
