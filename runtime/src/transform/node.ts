/** The syntax tree, as @babel/parser makes it, and walking it. */

/** Any node. Its other properties depend on the type; the parser is what guarantees them. */
export interface Node {
  type: string;
  start: number;
  end: number;
  // biome-ignore lint/suspicious/noExplicitAny: a tree of two hundred node types, told apart by `type`.
  [property: string]: any;
}

const NOT_CHILDREN = new Set([
  'type',
  'start',
  'end',
  'loc',
  'range',
  'extra',
  'errors',
  'comments',
  'tokens',
  'interpreter',
  'leadingComments',
  'trailingComments',
  'innerComments',
]);

/** The nodes directly below `node`, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const name in node) {
    if (NOT_CHILDREN.has(name)) continue;
    const value = node[name];
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) children.push(each);
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  if (children.length > 1 && !isSorted(children)) children.sort((a, b) => a.start - b.start);
  return children;
}

/** Takes parentheses and casts off an expression. */
export function bare(node: Node): Node {
  let inner = node;
  while (WRAPPERS.has(inner.type)) inner = inner.expression;
  return inner;
}

/** What stands around an expression without changing its value. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

export function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.type);
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

function isNode(value: unknown): value is Node {
  return (
    value !== null &&
    typeof value === 'object' &&
    typeof (value as { type?: unknown }).type === 'string'
  );
}

function isSorted(nodes: readonly Node[]): boolean {
  for (let i = 1; i < nodes.length; i++) {
    if ((nodes[i - 1] as Node).start > (nodes[i] as Node).start) return false;
  }
  return true;
}
