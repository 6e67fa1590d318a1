/**
 * A program whose entry is a CommonJS file: the file runs as a module that is given what CommonJS has. What it requires is loaded
 * by Node, untransformed; this package itself is imported. The code is strict, though.
 */

import { dirname } from 'node:path';

const OWN_REQUIRE = /\brequire\(\s*(['"])(greenlets(?:\/[\w-]+)?)\1\s*\)/g;

/** The text for the head of such a module: `require`, `module`, `exports`, `__filename`, `__dirname`. */
export function commonjsHead(filename: string, code: string): string {
  const own = [...new Set([...code.matchAll(OWN_REQUIRE)].map((match) => match[2] as string))];
  const imports = own.map((name, index) => `import*as $own${index} from${JSON.stringify(name)};`);
  const table = own.map((name, index) => `${JSON.stringify(name)}:$own${index}`);
  return [
    'import{createRequire as $require}from"node:module";',
    ...imports,
    `const __filename=${JSON.stringify(filename)},__dirname=${JSON.stringify(dirname(filename))};`,
    'const module={exports:{},filename:__filename,id:"."};let exports=module.exports;',
    'const require=(($own,$node)=>Object.assign((id)=>Object.hasOwn($own,id)?$own[id]:$node(id),$node,{main:module}))',
    `({${table.join(',')}},$require(import.meta.url));`,
  ].join('');
}
