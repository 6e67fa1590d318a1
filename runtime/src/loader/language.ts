/** What the compiler options of a tsconfig.json mean for the transform. */

import type { LanguageOptions } from '../transform.ts';

/**
 * Reads the options that say how a file is written, with TypeScript's own defaults.
 *
 * @param options `compilerOptions`, with what they inherit.
 * @param problem is told what has no meaning; the option is left out then.
 */
export function languageOf(
  options: Readonly<Record<string, unknown>>,
  problem: (text: string) => void,
): LanguageOptions {
  const is = (name: string) => (options[name] === undefined ? undefined : options[name] === true);
  const text = (name: string) => {
    const value = options[name];
    if (value === undefined || typeof value === 'string') return value;
    problem(`${name} has to be a string`);
    return undefined;
  };
  const jsx = text('jsx')?.toLowerCase();
  if (jsx !== undefined && !Object.hasOwn(JSX, jsx))
    problem(`jsx has to be one of ${Object.keys(JSX).join(', ')}`);
  const namespace = text('reactNamespace') ?? 'React';
  return {
    jsx: jsx === undefined ? undefined : JSX[jsx as keyof typeof JSX],
    jsxFactory: text('jsxFactory') ?? `${namespace}.createElement`,
    jsxFragmentFactory: text('jsxFragmentFactory') ?? `${namespace}.Fragment`,
    jsxImportSource: text('jsxImportSource'),
    legacyDecorators: is('experimentalDecorators'),
    defineFields: is('useDefineForClassFields') ?? definesFields(text('target')),
    keepImports: is('verbatimModuleSyntax') ?? is('preserveValueImports'),
  };
}

/** Something has to run: what TypeScript leaves to others becomes what most of them make of it. */
const JSX = {
  react: 'react',
  'react-jsx': 'react-jsx',
  'react-jsxdev': 'react-jsxdev',
  preserve: 'react-jsx',
  'react-native': 'react-jsx',
} as const;

/** ECMAScript defines fields since 2022; what is written for an older one assigns them. */
function definesFields(target: string | undefined): boolean | undefined {
  const version = /^es(\d+)$/i.exec(target ?? '')?.[1];
  if (version === undefined) return undefined;
  return Number(version) >= 2022;
}
