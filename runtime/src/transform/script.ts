/** Scripts: their output is CommonJS. Where the top level calls anything, it becomes a generator, which the program's entry can switch in. */

import { SCRIPT_BODY } from '../protocol/helpers.ts';
import { linksOf } from './blocks.ts';
import type { Emitter } from './emitter.ts';
import { helpersText } from './head.ts';
import { usesCalls } from './module.ts';
import type { Node } from './node.ts';
import { sourceFunction } from './texts.ts';

/** What a CommonJS file is given: the parameters of the function that Node makes of it. */
const GIVEN = 'exports,require,module,__filename,__dirname';

/**
 * Writes the whole script: `require("greenlets/calls").$script(__filename,this,[],function*$module(){…})`.
 *
 * @param text what the head contains besides the helpers.
 */
export function emitScript(emitter: Emitter, program: Node, text: string): void {
  const { unit, activation } = emitter;
  const { fn } = activation;
  const hashbang: Node | null = program.interpreter;
  if (hashbang) emitter.copyTo(Math.min(unit.code.length, hashbang.end + 1));
  emitter.emitAll(program.directives);
  const wraps = activation.mode !== 'plain' || (!fn.namesYield && usesCalls(program, emitter));
  if (wraps) {
    const [given, args] = needsGiven(emitter) ? [GIVEN, 'arguments'] : ['', '[]'];
    emitter.insert(
      `require("greenlets/calls").$script(typeof __filename==="string"?__filename:"",this,${args},function*${unit.helper(SCRIPT_BODY)}(${given}){`,
    );
  }
  const head = emitter.rope.slot();
  emitter.openSlot();
  emitter.insert(linksOf(emitter, program.body));
  emitter.emitAll(program.body);
  // Before the file's last comment, which may have no line break at its end.
  if (wraps) emitter.insert('});');
  emitter.insert(sourceFunction(unit));
  emitter.copyTo(unit.code.length);
  emitter.declareTemps();
  head.text = text + helpersText(emitter);
}

/** Whether the top level has to have what it is given as its own: it uses `arguments`, or declares one of the names again. */
function needsGiven({ activation, scope }: Emitter): boolean {
  const { usesArguments, usesEval } = activation.fn;
  return usesArguments || usesEval || GIVEN.split(',').some((name) => scope.bindings.has(name));
}
