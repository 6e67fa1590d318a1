/**
 * JSX as calls, as TypeScript's option `jsx` says and as comments such as `@jsx h` say. The calls are ordinary ones, which may
 * switch.
 */

import type { Node } from '../node.ts';
import { textOf } from './jsx-text.ts';
import type { Lowering, LoweringHandler } from './lowering.ts';

/** The handlers of JSX. */
export const jsxHandlers: Readonly<Record<string, LoweringHandler>> = {
  JSXElement: emitElement,
  JSXFragment: emitElement,
};

/** How a file's JSX is written. */
interface Style {
  /** By functions of a package's `jsx-runtime`; else by one factory. */
  readonly runtime: string | undefined;
  readonly isDev: boolean;
  readonly factory: string;
  readonly fragment: string;
}

const styles = new WeakMap<Lowering, Style>();

function styleOf(lowering: Lowering): Style {
  let style = styles.get(lowering);
  if (style === undefined) {
    style = readStyle(lowering);
    styles.set(lowering, style);
  }
  return style;
}

function readStyle(lowering: Lowering): Style {
  const { options, comments } = lowering;
  const pragma = (name: string) => {
    const pattern = new RegExp(`@${name}\\s+([^\\s*]+)`);
    const blocks = comments.filter(({ type }) => type === 'CommentBlock');
    return blocks.map(({ value }) => pattern.exec(value)?.[1]).findLast((found) => found);
  };
  const source = pragma('jsxImportSource');
  const mode = pragma('jsxRuntime') ?? (source === undefined ? undefined : 'automatic');
  const byFactory = (options.jsx ?? 'react') === 'react';
  const usesRuntime = mode === undefined ? !byFactory : mode === 'automatic';
  const factory = pragma('jsx') ?? options.jsxFactory ?? 'React.createElement';
  return {
    runtime: usesRuntime ? (source ?? options.jsxImportSource ?? 'react') : undefined,
    isDev: options.jsx === 'react-jsxdev',
    factory,
    fragment: pragma('jsxFrag') ?? options.jsxFragmentFactory ?? 'React.Fragment',
  };
}

/** `<a b={c}>d</a>` becomes `_jsx("a",{b:c,children:"d"})`, or `React.createElement("a",{b:c},"d")`. */
function emitElement(lowering: Lowering, node: Node) {
  const style = styleOf(lowering);
  const attributes: Node[] = node.openingElement?.attributes ?? [];
  const key = style.runtime === undefined ? undefined : attributes.find(isKey);
  const spread = attributes.findIndex((each) => each.type === 'JSXSpreadAttribute');
  const late = key !== undefined && spread >= 0 && spread < attributes.indexOf(key);
  if (style.runtime === undefined || late)
    return emitWithFactory(
      lowering,
      node,
      late ? lowering.importOf(style.runtime as string, 'createElement') : style.factory,
    );
  const { runtime, isDev } = style;
  const children = childrenOfJsx(node);
  const isList = children.length > 1 || children[0]?.type === 'JSXSpreadChild';
  const from = `${runtime}/${isDev ? 'jsx-dev-runtime' : 'jsx-runtime'}`;
  const call = lowering.importOf(from, isDev ? 'jsxDEV' : isList ? 'jsxs' : 'jsx');
  const fragment = () => lowering.importOf(from, 'Fragment');
  lowering.insert(`${call}(`, node.start);
  emitTag(lowering, node, fragment);
  lowering.insert(',{');
  for (const each of attributes) if (each !== key) emitAttribute(lowering, each);
  lowering.blankTo(endOfOpening(node));
  if (children.length > 0) {
    lowering.insert(isList ? 'children:[' : 'children:');
    emitChildren(lowering, children);
    if (isList) lowering.insert(']');
  }
  lowering.insert('}');
  lowering.blankTo(node.end);
  if (key !== undefined || isDev) lowering.insert(',');
  if (key !== undefined) emitAside(lowering, key);
  else if (isDev) lowering.insert('void 0');
  lowering.insert(isDev ? `,${isList},${placeOf(lowering, node)},this)` : ')');
}

function emitWithFactory(lowering: Lowering, node: Node, factory: string) {
  const attributes: Node[] = node.openingElement?.attributes ?? [];
  const children = childrenOfJsx(node);
  lowering.insert(`${factory}(`, node.start);
  emitTag(lowering, node, () => styleOf(lowering).fragment);
  lowering.insert(attributes.length > 0 ? ',{' : ',null');
  for (const each of attributes) emitAttribute(lowering, each);
  lowering.blankTo(endOfOpening(node));
  if (attributes.length > 0) lowering.insert('}');
  if (children.length > 0) lowering.insert(',');
  emitChildren(lowering, children);
  lowering.blankTo(node.end);
  lowering.insert(')');
}

function emitTag(lowering: Lowering, node: Node, fragment: () => string) {
  if (node.type === 'JSXFragment') return lowering.insert(fragment(), node.start);
  const { name, typeArguments, typeParameters } = node.openingElement;
  lowering.blankTo(name.start);
  const text = lowering.code.slice(name.start, name.end);
  const isTag = name.type === 'JSXIdentifier' && (/^[a-z]/.test(text) || text.includes('-'));
  if (isTag || name.type === 'JSXNamespacedName') {
    lowering.insert(JSON.stringify(text.replaceAll(/\s/g, '')), name.start);
    lowering.blankTo(name.end);
  } else if (text === 'this' && lowering.self !== undefined) {
    lowering.insert(lowering.self, name.start);
    lowering.skipTo(name.end);
  } else {
    lowering.copyTo(name.end);
  }
  const types: Node | undefined = typeArguments ?? typeParameters;
  if (types) lowering.blankTo(types.end);
}

/** `b={c}` becomes `"b":c,`; the cursor stands before it. */
function emitAttribute(lowering: Lowering, node: Node) {
  lowering.blankTo(node.start);
  if (node.type === 'JSXSpreadAttribute') {
    lowering.insert('...', node.start);
    lowering.blankTo(node.argument.start);
    lowering.insert('(');
    lowering.emit(node.argument);
    lowering.insert('),');
    return lowering.blankTo(node.end);
  }
  const { name, value } = node;
  const text = lowering.code.slice(name.start, name.end).replaceAll(/\s/g, '');
  const isPlain = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text) && text !== '__proto__';
  if (isPlain) lowering.copyTo(name.end);
  else lowering.insert(text === '__proto__' ? '["__proto__"]' : JSON.stringify(text), name.start);
  lowering.blankTo(name.end);
  lowering.insert(':');
  if (!value) lowering.insert('true', name.start);
  else emitValue(lowering, value);
  lowering.insert(',');
}

function emitValue(lowering: Lowering, value: Node) {
  lowering.blankTo(value.start);
  if (value.type === 'StringLiteral') {
    lowering.insert(JSON.stringify(value.value), value.start);
  } else if (value.type === 'JSXExpressionContainer') {
    lowering.blankTo(value.expression.start);
    lowering.insert('(');
    lowering.emit(value.expression);
    lowering.insert(')');
  } else {
    lowering.emit(value);
  }
  lowering.blankTo(value.end);
}

/** The value of an attribute that stands before the cursor. */
function emitAside(lowering: Lowering, attribute: Node) {
  const { value } = attribute;
  const { cursor } = lowering;
  lowering.cursor = value?.start ?? attribute.end;
  if (value) emitValue(lowering, value);
  else lowering.insert('true', attribute.start);
  lowering.cursor = cursor;
}

function emitChildren(lowering: Lowering, children: readonly Node[]) {
  for (const [index, child] of children.entries()) {
    lowering.blankTo(child.start);
    if (index > 0) lowering.insert(',');
    switch (child.type) {
      case 'JSXText':
        lowering.insert(JSON.stringify(textOf(child)), child.start);
        lowering.blankTo(child.end);
        break;
      case 'JSXSpreadChild':
        lowering.insert('...', child.start);
        lowering.blankTo(child.expression.start);
        lowering.emit(child.expression);
        lowering.blankTo(child.end);
        break;
      case 'JSXExpressionContainer':
        emitValue(lowering, child);
        break;
      default:
        lowering.emit(child);
    }
  }
}

/** The children that have a meaning: no line breaks between tags, and no comments. */
function childrenOfJsx(node: Node): Node[] {
  return node.children.filter((child: Node) => {
    if (child.type === 'JSXText') return textOf(child) !== '';
    return (
      child.type !== 'JSXExpressionContainer' || child.expression.type !== 'JSXEmptyExpression'
    );
  });
}

function isKey(attribute: Node): boolean {
  return attribute.type === 'JSXAttribute' && attribute.name.name === 'key';
}

function endOfOpening(node: Node): number {
  return (node.openingElement ?? node.openingFragment).end;
}

function placeOf({ code, filename }: Lowering, node: Node): string {
  const before = code.slice(0, node.start).split(/\r\n|[\n\r\u2028\u2029]/);
  const place = {
    fileName: filename,
    lineNumber: before.length,
    columnNumber: (before.at(-1) as string).length + 1,
  };
  return JSON.stringify(place);
}
