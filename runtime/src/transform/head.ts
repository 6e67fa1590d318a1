/** What stands at the head of the output: the helpers, the table of sites and the makers of ordinary functions. */

import type { Emitter } from './emitter.ts';
import { registerSource } from './texts.ts';
import type { Import } from './unit.ts';

/** The head's text, once everything else is written. */
export function helpersText(emitter: Emitter): string {
  const { unit, activation } = emitter;
  const parts: string[] = [];
  for (const maker of unit.makers.values()) parts.push(`const ${maker.name}=${maker.text};`);
  if (unit.callees.length > 0) {
    const table = [unit.filename, unit.functions, unit.numbers, unit.callees];
    const list = table.map((each) => JSON.stringify(each)).join(',');
    parts.unshift(`const ${unit.helper('$s')}=${unit.call('$sites')}(${list});`);
  }
  if (activation.mode === 'await') parts.push(`()=>[${moduleNames(emitter).join(',')}];`);
  parts.push(registerSource(unit));
  if (WEB.some((name) => unit.scopes.names.has(name))) parts.push(`${unit.call('$web')}();`);
  if (unit.imports.size > 0) parts.unshift(importText(emitter));
  return parts.join('');
}

/** What leads to classes of the web whose `forEach` gets a twin only where a file needs it. */
const WEB = ['Headers', 'FormData', 'Request', 'Response', 'fetch'];

function importText({ unit }: Emitter): string {
  const { isScript } = unit.scopes;
  const names = [...unit.imports].map(([name, local]) => {
    const imported = unit.inject ? (INJECTING[name] ?? name) : name;
    if (imported === local) return local;
    return isScript ? `${imported}:${local}` : `${imported} as ${local}`;
  });
  return isScript
    ? `const{${names.join(',')}}=require("greenlets/calls");`
    : `import{${names.join(',')}}from"greenlets/calls";`;
}

/** The module's variables: mentioned in a function that is never called, so that a debugger can read them while main is parked. */
function moduleNames(emitter: Emitter): string[] {
  const names: string[] = [];
  for (const { name, kind } of emitter.scope.bindings.values()) {
    if (kind !== 'type' && kind !== 'import') names.push(name);
  }
  return names;
}

/** What gives way before each call, for tests. */
const INJECTING: Partial<Record<Import, string>> = {
  $call: '$callSwitching',
  $prepare: '$prepareSwitching',
  $new: '$newSwitching',
};
