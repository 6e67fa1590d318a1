/** Source files as a parser sees them: comments and strings are not mistaken for code. */

import { type ParserOptions, parse } from '@babel/parser';

/** The specifiers of all imports, re-exports, `import()` calls and `import('…')` types of a file. */
export function importsOf(code: string, file: string): string[] {
  const found: string[] = [];
  visit(parse(code, { ...OPTIONS, sourceFilename: file }).program, (node) => {
    const source = node.source ?? node.argument;
    if (IMPORTING.has(node.type) && source !== null && typeof source === 'object') {
      const { value } = source as { value?: unknown };
      if (typeof value === 'string') found.push(value);
    }
  });
  return found;
}

/** The names that a file uses as words of their own: not the keys of objects, not what stands behind a dot. */
export function tokensOf(code: string, file: string): string[] {
  const found: string[] = [];
  visit(parse(code, { ...OPTIONS, sourceFilename: file }).program, (node, parent, key) => {
    if (node.type !== 'Identifier') return;
    const isKey = (key === 'property' || key === 'key') && parent?.computed !== true;
    if (!isKey) found.push(String(node.name));
  });
  return found;
}

const OPTIONS: ParserOptions = {
  sourceType: 'module',
  plugins: ['typescript', 'explicitResourceManagement'],
  createImportExpressions: true,
};

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

interface Node {
  type: string;
  [key: string]: unknown;
}

function visit(
  node: object,
  enter: (node: Node, parent: Node | undefined, key: string) => void,
): void {
  const walk = (value: unknown, parent: Node | undefined, key: string): void => {
    if (Array.isArray(value)) {
      for (const each of value) walk(each, parent, key);
    } else if (isNode(value)) {
      enter(value, parent, key);
      for (const [name, child] of Object.entries(value)) {
        if (name !== 'loc') walk(child, value, name);
      }
    }
  };
  walk(node, undefined, '');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
