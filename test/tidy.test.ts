/** The laws of this house that a machine can check. A message says what to do. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { repositoryFiles } from './support/repository-files.ts';
import { importsOf, tokensOf } from './support/source.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * What each room may import, besides itself: other rooms, packages, and `node` for Node's own modules. An entry file such as
 * `runtime/src/transform.ts` belongs to the room of its name; those that have none are the room `runtime`.
 */
const MAY_IMPORT: Record<string, string[]> = {
  'runtime/protocol': [],
  'runtime/core': [],
  'runtime/node': ['runtime/core', 'node'],
  'runtime/sync': ['runtime/core'],
  'runtime/testing': ['runtime/core', 'runtime/node'],
  'runtime/io': ['runtime/core', 'runtime/sync', 'node'],
  'runtime/http': ['runtime/core', 'runtime/node', 'runtime/sync', 'runtime/io', 'node', 'ws'],
  'runtime/system': ['runtime/core', 'runtime/sync', 'runtime/io', 'node'],
  'runtime/monkey': ['runtime/core', 'runtime/node', 'runtime/io', 'node'],
  'runtime/calls': ['runtime/core', 'runtime/node', 'node'],
  'runtime/transform': ['runtime/protocol', '@babel/parser', '@jridgewell/gen-mapping'],
  'runtime/loader': ['runtime/transform', 'node'],
  // The bundlers are named for their types only.
  'runtime/plugins': ['runtime/loader', 'runtime/transform', 'node', 'unplugin'],
  'runtime/instrument': ['runtime/core', 'runtime/sync', 'runtime/protocol', 'node'],
  'runtime/cli': ['runtime/protocol', 'node'],
  runtime: [
    'runtime/core',
    'runtime/sync',
    'runtime/node',
    'runtime/io',
    'runtime/http',
    'runtime/system',
    'runtime/loader',
    'runtime/instrument',
    'runtime/monkey',
    'runtime/plugins',
    'node',
    'esbuild',
    'rollup',
    'vite',
  ],
  'extension/l10n': ['@vscode/l10n'],
  'extension/model': ['runtime/protocol', '@vscode/l10n'],
  'extension/cdp': ['node', 'ws'],
  'extension/adapter': [
    'extension/cdp',
    'extension/l10n',
    'extension/model',
    'runtime/protocol',
    'node',
    '@babel/parser',
    '@jridgewell/trace-mapping',
    '@vscode/debugadapter',
    '@vscode/debugprotocol',
    '@vscode/l10n',
  ],
  'extension/views': [
    'extension/model',
    'runtime/protocol',
    'node',
    'vscode',
    '@vscode/debugprotocol',
    '@vscode/l10n',
  ],
  'extension/commands': [
    'extension/model',
    'extension/views',
    'runtime/protocol',
    'vscode',
    '@vscode/l10n',
  ],
  'extension/typescript': ['node'],
  'extension/guide': ['extension/model'],
  'extension/timeline': ['extension/l10n', 'extension/model', 'runtime/protocol', '@vscode/l10n'],
  'extension/tutorial': [
    'extension/model',
    'runtime/protocol',
    'node',
    'vscode',
    'markdown-it',
    '@vscode/debugprotocol',
    '@vscode/l10n',
  ],
  'extension/editor': [
    'extension/model',
    'extension/views',
    'runtime/protocol',
    'node',
    'vscode',
    '@vscode/debugprotocol',
    '@vscode/l10n',
  ],
  'extension/diagnostics': [
    'extension/model',
    'runtime/protocol',
    'node',
    'vscode',
    '@vscode/l10n',
  ],
  'extension/main': [
    'extension/adapter',
    'extension/commands',
    'extension/diagnostics',
    'extension/editor',
    'extension/tutorial',
    'extension/l10n',
    'extension/views',
    'node',
    'vscode',
    '@vscode/l10n',
  ],
};

/** Files that may be longer, each with the reason. */
const LONG_FILES: Record<string, string> = {};

const LONGEST = 400;

const TOP_LEVEL = [
  '.ci',
  '.gitignore',
  '.vscodeignore',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'biome.json',
  'build.mjs',
  'docs',
  'extension',
  'media',
  'package-lock.json',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'runtime',
  'test',
  'tsconfig.json',
];

/** What would tie the scheduler to a clock, or to Node. */
const FOREIGN_TO_CORE = [
  'Date',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

const files = repositoryFiles();
const sources = files.filter((file) => /^(runtime\/src|extension)\/.*\.[jt]s$/.test(file));
const manifest = JSON.parse(read('package.json'));

describe('imports', () => {
  it('go only where the table allows', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(read(file), file).flatMap((target) => {
        const from = roomOf(file);
        const to = target.startsWith('.') ? roomOf(resolved(file, target)) : packageOf(target);
        return to === from || MAY_IMPORT[from]?.includes(to)
          ? []
          : [`${file} (${from}) imports ${to}`];
      }),
    );
    assert.deepEqual(wrong, [], 'Move the code, or change the table in this file and say why.');
  });

  it('are seen in every form', () => {
    const forms = [
      "import a from 'a';",
      "import type { B } from 'b';",
      "import 'c';",
      "export { d } from 'd';",
      "const e = await import('e');",
      "let f: import('f').F;",
      "// import g from 'g';",
      'const h = "import h from \'h\';";',
    ];
    assert.deepEqual(importsOf(forms.join('\n'), 'forms.ts'), ['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('name files that exist', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(read(file), file)
        .filter(
          (target) => target.startsWith('.') && !existsSync(join(ROOT, resolved(file, target))),
        )
        .map((target) => `${file}: ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('do not go out of a room that is not in the table', () => {
    const rooms = new Set(sources.map(roomOf));
    assert.deepEqual(
      [...rooms].filter((room) => !(room in MAY_IMPORT)),
      [],
    );
  });
});

describe('files', () => {
  it(`have up to ${LONGEST} lines`, () => {
    const code = files.filter((file) => /\.(ts|mjs|js)$/.test(file));
    const long = code.filter((file) => lines(file) > LONGEST && !(file in LONG_FILES));
    assert.deepEqual(long, [], 'Split them by noun, or give the reason in LONG_FILES.');
  });

  it('are not excused for a length that they no longer have', () => {
    const short = Object.keys(LONG_FILES).filter((file) => lines(file) <= LONGEST);
    assert.deepEqual(short, [], 'Take them out of LONG_FILES.');
  });

  it('have no default exports', () => {
    const wrong = sources.filter((file) => / default [^:]/.test(exportsOf(file)));
    assert.deepEqual(wrong, [], 'Name what is exported.');
  });

  it('stand in the places that there are', () => {
    const top = new Set(files.map((file) => file.split('/')[0] ?? ''));
    assert.deepEqual(
      [...top].filter((name) => !TOP_LEVEL.includes(name)),
      [],
    );
  });
});

describe('the scheduler', () => {
  it('has no clock and no Node of its own', () => {
    const wrong = sources
      .filter((file) => roomOf(file) === 'runtime/core')
      .flatMap((file) => {
        const names = tokensOf(read(file), file).filter((name) => FOREIGN_TO_CORE.includes(name));
        return names.map((name) => `${file}: ${name}`);
      });
    assert.deepEqual(wrong, [], 'Time and turns are given to the hub: use its clock and its loop.');
  });
});

describe('the manifest', () => {
  const shell = sources
    .filter((file) => file.startsWith('extension/'))
    .map(read)
    .join('\n');
  const contributes = manifest.contributes;

  it('declares the commands that are registered, and no others', () => {
    const declared = contributes.commands.map((each: { command: string }) => each.command);
    assert.deepEqual(found(/registerCommand\(\s*'([^']+)'/g), declared.sort());
  });

  it('declares the views that are made, and no others', () => {
    const declared = Object.values<{ id: string }[]>(contributes.views).flat();
    assert.deepEqual(
      found(
        /(?:createTreeView\(\s*|extends FeedView<\w+> \{\s*constructor\([^)]*\) \{\s*super\()'([^']+)'/g,
      ),
      declared.map((each) => each.id).sort(),
    );
  });

  it('puts only declared commands and views into menus', () => {
    const declared = contributes.commands.map((each: { command: string }) => each.command);
    for (const entry of Object.values<{ command: string }[]>(contributes.menus).flat()) {
      assert(declared.includes(entry.command), `${entry.command} is in a menu and not declared`);
    }
  });

  it('has the debug type that the code registers', () => {
    const [type] = found(/DEBUG_TYPE = '([^']+)'/g);
    assert.deepEqual(
      contributes.debuggers.map((each: { type: string }) => each.type),
      [type],
    );
  });

  it('has files for its icons and pictures', () => {
    const icons = Object.values<{ icon: string }[]>(contributes.views)
      .flat()
      .map((each) => each.icon);
    const pictures = ['package.nls.json', 'package.nls.zh-cn.json'].flatMap((texts) =>
      Object.entries<string>(JSON.parse(read(texts)))
        .filter(([key]) => key.endsWith('.image'))
        .map(([, path]) => path),
    );
    assert(pictures.length > 0);
    for (const icon of [manifest.icon, ...icons, ...pictures]) {
      assert(existsSync(join(ROOT, icon)), icon);
    }
  });

  it('installs nothing with the extension', () => {
    assert.equal(manifest.dependencies, undefined, 'The build bundles: use devDependencies.');
    const runtime = JSON.parse(read('runtime/package.json'));
    assert.equal(runtime.dependencies, undefined, 'The build bundles: use devDependencies.');
  });

  function found(pattern: RegExp): string[] {
    return [...shell.matchAll(pattern)].map((match) => match[1] ?? '').sort();
  }
});

describe('the tests', () => {
  it('stand in the rooms, where npm test finds them', () => {
    const tests = files.filter((file) => /^test\/.*\.test\.ts$/.test(file));
    const hidden = tests.filter((file) => file.split('/').length > 3);
    assert.deepEqual(hidden, [], 'Put the suite into test/ROOM/ itself.');
  });

  it('are never skipped', () => {
    const tests = files.filter(
      (file) => /^test\/.*\.ts$/.test(file) && file !== 'test/tidy.test.ts',
    );
    const wrong = tests.filter((file) =>
      /\b(it|test|describe)\.(skip|only|todo)\b/.test(read(file)),
    );
    assert.deepEqual(wrong, [], 'Assert what happens today, with a FIXME.');
  });
});

/** All files of the repository that git does not ignore, new ones included; paths with `/`. */
/** `runtime/core` for runtime/src/core/hub.ts; `extension/main` for extension/main.ts. */
function roomOf(file: string): string {
  const [top = '', ...rest] = file.replace('runtime/src/', 'runtime/').split('/');
  const name = (rest[0] ?? '').replace(/\.[jt]s$/, '');
  const isRoom = rest.length > 1 || top === 'extension' || isFolder(join('runtime/src', name));
  return isRoom ? `${top}/${name}` : top;
}

function isFolder(path: string): boolean {
  return (
    existsSync(join(ROOT, path)) &&
    !/\.[jt]s$/.test(path) &&
    readdirSync(join(ROOT, path)).length > 0
  );
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function resolved(file: string, target: string): string {
  return join(dirname(file), target).replaceAll('\\', '/');
}

function exportsOf(file: string): string {
  return read(file)
    .split('\n')
    .filter((line) => line.startsWith('export '))
    .join('\n');
}

function lines(file: string): number {
  return read(file).split('\n').length - 1;
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
