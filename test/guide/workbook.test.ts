/** The reader's copies: nothing that the reader has changed is ever lost, and types resolve where nothing is installed. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Library, type ProgramOf } from '../../extension/tutorial/library.ts';
import { Workbook } from '../../extension/tutorial/workbook.ts';
import { repositoryPath } from '../support/fixture.ts';
import { Lifetime } from '../workbench/lifetime.mjs';

const lifetime = new Lifetime();
after(() => lifetime.end());

const TYPES = {
  greenlets: repositoryPath('runtime/dist/types'),
  packages: repositoryPath('dist/types'),
};

describe('a copy of a program', () => {
  it('is made once, and is the reader’s from then on', () => {
    const { workbook, program, library } = begin();
    const { path } = workbook.fetch(program);
    assert.equal(readFileSync(path, 'utf8'), library.program(program));
    assert.equal(workbook.isEdited(program), false);
    writeFileSync(path, 'mine');
    assert.deepEqual(workbook.fetch(program), { path });
    assert.equal(readFileSync(path, 'utf8'), 'mine');
    assert.equal(workbook.isEdited(program), true);
  });

  it('is known as the chapter’s, and each language has its own', () => {
    const { workbook, program, library } = begin();
    const { path } = workbook.fetch(program);
    assert.deepEqual(library.programAt(path), program);
    const other = workbook.fetch({ ...program, language: 'zh-cn' });
    assert.notEqual(other.path, path);
    assert.equal(library.programAt(join(path, '../notes.ts')), undefined);
  });

  it('becomes the new version where it was not edited', () => {
    const { workbook, program, change } = begin();
    const { path } = workbook.fetch(program);
    change('version 2');
    assert.deepEqual(workbook.fetch(program), { path });
    assert.equal(readFileSync(path, 'utf8'), 'version 2');
  });

  it('stays where it was edited: the new version is put beside it, once', () => {
    const { workbook, program, change } = begin();
    const { path } = workbook.fetch(program);
    writeFileSync(path, 'mine');
    change('version 2');
    const newVersion = path.replace('.ts', '.new.ts');
    assert.deepEqual(workbook.fetch(program), { path, newVersion });
    assert.equal(readFileSync(path, 'utf8'), 'mine');
    assert.equal(readFileSync(newVersion, 'utf8'), 'version 2');
    assert.deepEqual(workbook.fetch(program), { path });
  });

  it('is as it was after a reset', () => {
    const { workbook, program, library } = begin();
    const { path } = workbook.fetch(program);
    writeFileSync(path, 'mine');
    workbook.reset(program);
    assert.equal(readFileSync(path, 'utf8'), library.program(program));
  });

  it('finds its types, of the runtime and of Node, and keeps the reader’s own settings', () => {
    const { workbook, program } = begin();
    const { path } = workbook.fetch(program);
    const use = "import { readFileSync } from 'node:fs';\nimport { sleep } from 'greenlets';\n";
    writeFileSync(path, `${use}sleep(readFileSync('x').length);\nsleep('x');\n`);
    const compiler = repositoryPath('node_modules/typescript/bin/tsc');
    const check = () => execFileSync(process.execPath, [compiler, '-p', workbook.folder], PIPED);
    assert.throws(check, ({ stdout }: { stdout: string }) => {
      assert.match(stdout, /^.*program\.ts\(4,7\): error TS2345: [^\n]*\n$/);
      return true;
    });
    const own = join(workbook.folder, 'tsconfig.json');
    writeFileSync(own, '{}');
    workbook.fetch(program);
    assert.equal(readFileSync(own, 'utf8'), '{}');
    assert(existsSync(join(workbook.folder, '.greenlets/tsconfig.json')));
  });
});

const PIPED = { encoding: 'utf8', stdio: 'pipe' } as const;

/** A tutorial of one chapter, and an empty folder. */
function begin() {
  const source = lifetime.temporaryFolder();
  const id = '01-context-switch';
  for (const name of [id, 'parts.json']) {
    const from = repositoryPath(`media/tutorial/${name}`);
    cpSync(from, join(source, name), { recursive: true });
  }
  const library = new Library(source);
  const [chapter] = library.chapters;
  assert(chapter !== undefined);
  const program: ProgramOf = { chapter, program: 'program', language: 'en' };
  const change = (text: string) => writeFileSync(join(source, id, 'en/program.ts'), text);
  const workbook = new Workbook(lifetime.temporaryFolder(), library, TYPES);
  return { library, workbook, program, change };
}
