/**
 * What the author leaves out of the transform by a comment. `// greenlets: off` before the first statement leaves out the file;
 * right before a function it leaves out the function, with all that is in it. Before a first statement that is a function, a line
 * comment means the file, and a block comment the function.
 */

import { bare, childrenOf, isFunction, type Node } from './node.ts';
import { SourceError } from './parse.ts';

/** The functions that stay as they are; the program itself, for the whole file. */
export type LeftOut = ReadonlySet<Node>;

/**
 * Finds what is left out.
 *
 * @throws {SourceError} for a comment that stands where it leaves out nothing.
 */
export function findLeftOut(file: Node, code: string, filename: string): LeftOut {
  const found = new Set<Node>();
  const comments: Comment[] = file.comments ?? [];
  const marks = comments.filter(({ value }) => OFF.test(value));
  if (marks.length === 0) return found;
  const { program } = file;
  const statements: Node[] = [...program.directives, ...program.body];
  const first = statements[0]?.start ?? code.length;
  const functions = functionsByStart(program);
  for (const mark of marks) {
    const fn = functions.get(nextStart(mark, comments, code));
    const isFirst = mark.start < first;
    if (isFirst && (mark.type === 'CommentLine' || fn === undefined)) found.add(program);
    else if (fn !== undefined) found.add(fn);
    else throw new SourceError(MISPLACED, code, filename, mark.start);
  }
  return found;
}

const OFF = /^\*?\s*greenlets:\s*off\s*$/;
const MISPLACED =
  '`greenlets: off` leaves out nothing here: it has to stand right before a function, or before the first statement';

interface Comment {
  type: 'CommentLine' | 'CommentBlock';
  value: string;
  start: number;
  end: number;
}

/** Where the code after a comment begins. */
function nextStart(mark: Comment, comments: readonly Comment[], code: string): number {
  let at = mark.end;
  for (;;) {
    while (/\s/.test(code[at] ?? '')) at++;
    const comment = comments.find((each) => each.start === at);
    if (comment === undefined) return at;
    at = comment.end;
  }
}

/** The functions of a file by the offset where they begin, or what holds one and nothing else, such as `export const f =`. */
function functionsByStart(program: Node): Map<number, Node> {
  const functions = new Map<number, Node>();
  const visit = (node: Node) => {
    const fn = functionIn(node);
    if (fn !== undefined && !functions.has(node.start)) functions.set(node.start, fn);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return functions;
}

function functionIn(node: Node | null | undefined): Node | undefined {
  if (!node) return undefined;
  if (isFunction(node)) return node;
  switch (node.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return functionIn(node.declaration);
    case 'VariableDeclaration':
      return node.declarations.length === 1 ? valueIn(node.declarations[0].init) : undefined;
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return valueIn(node.value);
    case 'ExpressionStatement':
      return node.expression.type === 'AssignmentExpression'
        ? valueIn(node.expression.right)
        : undefined;
    default:
      return undefined;
  }
}

function valueIn(node: Node | null | undefined): Node | undefined {
  const value = node && bare(node);
  return value && isFunction(value) ? value : undefined;
}
