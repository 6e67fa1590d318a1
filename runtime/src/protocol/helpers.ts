/** The names that the transform adds to a program: a debugger hides such variables, and takes the suffix off functions. */

/** The variables of an activation, by exact name; each may be followed by digits. */
export const HELPERS: readonly string[] = [
  /** The step that the last call returned. */ '$r',
  /** The frame of the last call. */ '$g',
  /** The object of the last method call. */ '$o',
  /** A key, or another value that is needed twice. */ '$k',
  /** What a parameter was given, before its default. */ '$p',
  /** `arguments`, `new.target` and `super` for arrow functions. */ '$arguments',
  '$target',
  '$super',
  /** What the last call calls; in a module's head, the makers of ordinary functions. */ '$f',
  /** The module: the number of its first site, and its unnamed export. */ '$s',
  '$default',
  /** Imported from `greenlets/calls`. */ '$call',
  '$form',
  '$prepare',
  '$suspend',
  '$suspendTop',
  '$resumeTop',
  '$enterTop',
  '$leaveTop',
  '$sites',
  '$script',
  '$module',
  '$link',
  '$closure',
  '$arrow',
  '$lean',
  '$name',
  '$named',
  '$keyed',
  '$spread',
  '$take',
  '$list',
  '$fields',
  '$delegate',
  '$delegateAsync',
  '$base',
  '$begin',
  '$class',
  '$derived',
  '$new',
  '$object',
  '$isPlain',
  '$ordinaryTarget',
  '$targets',
  '$superArguments',
  /** The construction that a constructor's body belongs to; that body; the initializer of a field. */ '$c',
  '$construct',
  '$field',
  '$C',
  '$asyncGenerator',
  '$linkAsyncGenerator',
  '$started',
  '$require',
  '$own',
  '$import',
  '$disposables',
  '$u',
  '$ordinary',
  '$methods',
  '$template',
  '$bind',
  '$exports',
  '$generator',
  '$iterate',
  '$iterateAsync',
  '$e',
  '$i',
  '$key',
  '$await',
  '$async',
  '$linkAsync',
  /** Decorators, JSX and `using`: their state, the class that they may replace, what a loop gives. */ '$d',
  '$c',
  '$x',
  '$v',
  '$a',
  '$decorators',
  '$legacyDecorators',
  '$methodOf',
  '$web',
  '$source',
  '$text',
  '$jsx',
  '$jsxs',
  '$jsxDEV',
  '$Fragment',
  '$createElement',
];

/** The generator form of the function `foo` is called `foo$g`. */
export const FORM_SUFFIX = '$g';

/** The name of the generator that a script's top level is. */
export const SCRIPT_BODY = '$module';

const FORM_NAME = /\$g\d*$/;
const HELPER_NAME = new RegExp(
  `^#?(?:${HELPERS.map((name) => name.replaceAll('$', '\\$')).join('|')})\\d*$`,
);

/** Whether the transform made this variable. */
export function isHelper(name: string): boolean {
  return HELPER_NAME.test(name) || FORM_NAME.test(name);
}

/** The name that the program's text has for a function that V8 calls `name`. */
export function plainName(name: string): string {
  if (name === SCRIPT_BODY) return '<module>';
  return name === '$default$g' ? 'default' : name.replace(FORM_NAME, '');
}
