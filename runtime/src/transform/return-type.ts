/** Return types of functions that keep their own syntax. */

import type { Emitter } from './emitter.ts';
import type { Node } from './node.ts';
import { indexOfToken } from './tokens.ts';

/** Leaves a return type out; the cursor stands behind the last parameter. No line break of it may stand right before `=>`. */
export function emitReturnType(emitter: Emitter, { type, returnType }: Node) {
  const { code } = emitter.unit;
  const isArrow = type === 'ArrowFunctionExpression';
  if (!isArrow || !/[\n\r\u2028\u2029]/.test(code.slice(returnType.start, returnType.end)))
    return emitter.emit(returnType);
  const close = indexOfToken(code, ')', emitter.cursor);
  emitter.copyTo(close);
  emitter.skipTo(close + 1);
  emitter.blankTo(returnType.end);
  emitter.insert(')', close);
}
