/** The plugin of the editor's TypeScript server, under a server that is played here. The real one is in the tests in the editor. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Resolution, typescriptPlugin } from '../../extension/typescript/plugin.ts';

const RUNTIME = fileURLToPath(new URL('../../runtime', import.meta.url));
const NOT_FOUND: Resolution = { resolvedModule: undefined };

describe('the plugin of the TypeScript server', () => {
  it('finds the types of the package and of its entries', () => {
    const found = resolved(['greenlets', 'greenlets/queue', 'greenlets/socket']);
    for (const [index, name] of ['index', 'queue', 'socket'].entries()) {
      const file = found[index]?.resolvedModule?.resolvedFileName ?? '';
      assert.equal(file, join(RUNTIME, `dist/types/${name}.d.ts`));
      assert(existsSync(file), file);
    }
  });

  it('leaves to the project what the project has', () => {
    const own = {
      resolvedModule: { resolvedFileName: '/p/node_modules/greenlets/x.d.ts', extension: '.d.ts' },
    };
    assert.deepEqual(resolved(['greenlets'], own), [own]);
  });

  it('finds nothing else', () => {
    const others = ['greenlet', 'greenlets/no-such-entry', './greenlets', 'greenlets-x', 'queue'];
    assert.deepEqual(
      resolved(others),
      others.map(() => NOT_FOUND),
    );
  });

  it('hands all arguments on to the server', () => {
    let given: unknown[] = [];
    const host = {
      resolveModuleNameLiterals: (...args: unknown[]) => {
        given = args;
        return [NOT_FOUND];
      },
    };
    typescriptPlugin(RUNTIME).create({ languageService: {}, languageServiceHost: host });
    const args = [[{ text: 'greenlets' }], '/a.ts', undefined, { strict: true }] as const;
    (host.resolveModuleNameLiterals as (...args: unknown[]) => unknown)(...args);
    assert.deepEqual(given, args);
  });

  it('does nothing in a server that resolves in another way', () => {
    const languageService = {};
    const info = { languageService, languageServiceHost: {} };
    assert.equal(typescriptPlugin(RUNTIME).create(info), languageService);
    assert.deepEqual(info.languageServiceHost, {});
  });
});

/** What the server finds for some specifiers, where the project itself finds `own` for each of them. */
function resolved(specifiers: string[], own: Resolution = NOT_FOUND): readonly Resolution[] {
  const host = {
    resolveModuleNameLiterals: (literals: readonly { text: string }[]) => literals.map(() => own),
  };
  typescriptPlugin(RUNTIME).create({ languageService: {}, languageServiceHost: host });
  return host.resolveModuleNameLiterals(specifiers.map((text) => ({ text })));
}
