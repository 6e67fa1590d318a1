/**
 * What is lowered before the transform proper: decorators, `accessor` fields, JSX, `using` outside blocks. The programs log what
 * happens, in order; what they have to log is what TypeScript 5.9's own output logs. Where it differs from the proposal (it loses the
 * names of functions in decorated fields, and has no `super` in decorated private methods) the proposal counts.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from '@babel/parser';
import { allGeneratedPositionsFor, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { type LanguageOptions, transform } from '../../runtime/src/transform.ts';
import { runProgram } from '../support/fixture.ts';

const REACT = {
  'node_modules/react/package.json':
    '{"name":"react","exports":{".":"./index.mjs","./jsx-runtime":"./index.mjs"}}',
  'node_modules/react/index.mjs': `export const Fragment = 'FRAGMENT';
const show = (type) => (typeof type === 'function' ? 'fn:' + type.name : type);
export const jsx = (type, p, k) => ({ f: 'jsx', t: show(type), p, k });
export const jsxs = (type, p, k) => ({ f: 'jsxs', t: show(type), p, k });
export const createElement = (type, p, ...c) => ({ f: 'ce', t: show(type), p, c });
export default { createElement, Fragment };
`,
};

interface Case {
  program: string;
  /** The file with what it logs; by default that of the program's name. */
  log?: string;
  extension?: string;
  compilerOptions?: Record<string, unknown>;
  language?: LanguageOptions;
}

const CASES: readonly Case[] = [
  { program: 'typescript' },
  { program: 'merging' },
  { program: 'decorators' },
  { program: 'private-decorators' },
  {
    program: 'old-decorators',
    compilerOptions: { experimentalDecorators: true },
    language: { legacyDecorators: true },
  },
  { program: 'fields' },
  {
    program: 'fields',
    log: 'assigned-fields',
    compilerOptions: { target: 'es2020' },
    language: { defineFields: false },
  },
  { program: 'using' },
  { program: 'jsx', extension: 'tsx', compilerOptions: { jsx: 'react' } },
  {
    program: 'jsx',
    log: 'jsx-runtime',
    extension: 'tsx',
    compilerOptions: { jsx: 'react-jsx' },
    language: { jsx: 'react-jsx' },
  },
];

function read(name: string): string {
  return readFileSync(new URL(`lowering/${name}`, import.meta.url), 'utf8');
}

for (const { program, log = program, extension = 'ts', compilerOptions, language } of CASES) {
  const text = read(`${program}.txt`);
  describe(log, () => {
    test('runs as the language says', { concurrency: true }, async () => {
      const { stdout, stderr } = await runProgram(text, {
        name: `main.${extension}`,
        files: { ...REACT, 'tsconfig.json': JSON.stringify({ compilerOptions }) },
      });
      const path = new URL(`lowering/${log}.log`, import.meta.url);
      if (process.env.UPDATE === '1') writeFileSync(path, stdout);
      assert.equal(stdout, read(`${log}.log`), stderr);
    });

    test('keeps its lines, and every name maps to itself', () => {
      const filename = `/p.${extension}`;
      const { code, map } = transform(text, { filename, format: 'module', language });
      assert.equal(code.split('\n').length, text.split('\n').length);
      const trace = new TraceMap(map as never);
      const lines = code.split('\n');
      for (const { name, line, column } of namesOf(text, extension)) {
        // A namespace of types is nothing, and neither is another name for it.
        if (name === 'Types' || name === 'typeOnly' || name === 'T') continue;
        // A field without a value is nothing where fields are assigned.
        if (name === 'e' && language?.defineFields === false) continue;
        const places = allGeneratedPositionsFor(trace, { source: filename, line, column });
        const exact = places.find((each) => {
          const original = originalPositionFor(trace, {
            line: each.line ?? 0,
            column: each.column ?? 0,
          });
          return original.line === line && original.column === column;
        });
        assert.ok(exact, `${name} at ${line}:${column} has no place of its own`);
        assert.equal(exact.line, line, `${name} at ${line}:${column}`);
        const at = (lines[line - 1] as string).slice(exact.column as number);
        assert.ok(
          at.startsWith(name) ||
            new RegExp(`^\\w+\\["${name}`).test(at) ||
            /^["#;]|^[$({]|^function|^\*|^this|^(?:let|class|return|static)\b/.test(at),
          `${name} at ${line}:${column} became ${at.slice(0, 30)}`,
        );
      }
    });
  });
}

test('errors have the places of the source, through decorators, JSX and types', async () => {
  const program = `/** @jsx h */
import { joinAll, sleep, spawn } from 'greenlets';
const h = (type: any, props: any, ...children: unknown[]) => type({ ...props, children });
const dec = (value: any, context: any): any => {};
@dec
class Shop<T> {
  @dec accessor stock: number = 1;
  @dec
  take(
    name: string,
  ): T {
    sleep(0);
    throw new Error(\`no \${name}\`); // @thrown
  }
}
const View = ({ shop }: { shop: Shop<string> }): string => shop.take('tea'); // @view
function visit() {
  return <View shop={new Shop<string>()} />; // @visit
}
const worker = spawn(visit); // @spawned
joinAll([worker]);
`;
  const { stderr, path, marks } = await runProgram(program, { name: 'main.tsx' });
  const at = (mark: string, column: number) => `${path}:${marks.get(mark)}:${column}`;
  const [first] = stderr.split('\n    at ').slice(1);
  assert.equal(first, `Shop.take (${at('thrown', 11)})`, stderr);
  for (const frame of [`View (${at('view', 65)})`, `visit (${at('visit', 10)})`])
    assert.ok(stderr.includes(`    at ${frame}\n`), `${frame} in ${stderr}`);
});

test('`await using` waits in code that is left out, too', async () => {
  const { stdout, stderr } = await runProgram(`// greenlets: off
const log: string[] = [];
const held = (name: string) => ({ async [Symbol.asyncDispose]() { await null; log.push(name); if (name === 'b') throw new Error('mine'); } });
async function run() { await using a = held('a'); using c = { [Symbol.dispose]() { log.push('c'); } }; await using b = held('b'); log.push('body'); }
run().catch((error) => log.push(error.message)).then(() => console.log(log.join()));
export {};
`);
  assert.equal(stdout, 'body,b,c,a,mine\n', stderr);
});

/** The names in a text that mean something at run time, with one-based lines and zero-based columns. */
function namesOf(
  text: string,
  extension: string,
): { name: string; line: number; column: number }[] {
  const found: { name: string; line: number; column: number }[] = [];
  const visit = (node: unknown, key = '') => {
    if (Array.isArray(node)) {
      for (const each of node) visit(each, key);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, name, loc, declare, abstract } = node as Record<string, never> & {
      type?: string;
      name?: string;
      loc?: { start: { line: number; column: number } };
    };
    if (
      /^(?:TSType|TSInterface|TSEnumMember|TSParameterI|ExportSpecifier|PrivateName|ImportDeclaration|TSDeclare|TSImportEquals|TSIndexSignature)/.test(
        type ?? '',
      )
    )
      return;
    if (declare || abstract || key === 'label' || key === 'exported' || key === 'implements')
      return;
    if (type === 'Identifier' && name !== undefined && loc !== undefined && name !== 'this')
      found.push({ name, ...loc.start });
    for (const [inner, child] of Object.entries(node)) {
      if (!/^(?:loc|tokens|extra|closingElement|typeParameters|comments)$/.test(inner))
        visit(child, inner);
    }
  };
  const { program } = parse(text, {
    sourceType: 'module',
    errorRecovery: true,
    plugins: [
      'typescript',
      ['decorators', { allowCallParenthesized: true }],
      'decoratorAutoAccessors',
      'explicitResourceManagement',
      ...(extension === 'tsx' ? (['jsx'] as const) : []),
    ],
  });
  visit(program);

  return found;
}
