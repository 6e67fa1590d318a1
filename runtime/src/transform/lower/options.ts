/** What tsconfig.json says about the language; everything has the default that TypeScript gives it. */

export interface LanguageOptions {
  /** What JSX becomes: TypeScript's `jsx`. `preserve` and `react-native` count as `react-jsx`, since something has to run. */
  readonly jsx?: 'react' | 'react-jsx' | 'react-jsxdev' | undefined;
  /** What JSX calls with `react`: TypeScript's `jsxFactory`, by default `React.createElement`. */
  readonly jsxFactory?: string | undefined;
  /** What a fragment is with `react`: by default `React.Fragment`. */
  readonly jsxFragmentFactory?: string | undefined;
  /** Whose `jsx-runtime` JSX calls: by default that of `react`. */
  readonly jsxImportSource?: string | undefined;
  /** Whether decorators are TypeScript's old ones: `experimentalDecorators`. */
  readonly legacyDecorators?: boolean | undefined;
  /** Whether fields are defined, as ECMAScript says, or assigned: `useDefineForClassFields`. */
  readonly defineFields?: boolean | undefined;
  /** Whether imports stay that are used as types only: `verbatimModuleSyntax`. */
  readonly keepImports?: boolean | undefined;
}
