/** What the manifest offers is what the code knows: the attributes of a launch.json, the keys, the marks' icons. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryPath } from '../support/fixture.ts';

const read = (path: string) => readFileSync(repositoryPath(path), 'utf8');
const { contributes } = JSON.parse(read('package.json'));

for (const [request, file, name] of [
  ['launch', 'extension/adapter/launch.ts', 'LaunchArguments'],
  ['attach', 'extension/adapter/attach.ts', 'AttachArguments'],
] as const) {
  test(`a launch.json of the request ${request} is offered every attribute that there is`, () => {
    const { properties, required } = contributes.debuggers[0].configurationAttributes[request];
    assert.deepEqual(Object.keys(properties).sort(), attributesOf(read(file), name).sort());
    for (const each of required) assert(each in properties, each);
    for (const [key, { type, description, markdownDescription }] of Object.entries<{
      type: unknown;
      description?: string;
      markdownDescription?: string;
    }>(properties)) {
      assert(type !== undefined, `${key} has no type.`);
      assert((description ?? markdownDescription) !== undefined, `${key} has no description.`);
    }
  });
}

test('every setting has a default and a description, and is read by the code', () => {
  const marks =
    read('extension/editor/yield-marks.ts') + read('extension/editor/greenlet-marks.ts');
  const others =
    read('extension/editor/inline-values.ts') + read('extension/editor/code-lenses.ts');
  for (const { properties } of contributes.configuration) {
    for (const [key, each] of Object.entries<Record<string, unknown>>(properties)) {
      assert(each.default !== undefined, `${key} has no default.`);
      assert(each.description ?? each.markdownDescription, `${key} has no description.`);
      const name = /^greenlets\.source\.(\w+)$/.exec(key)?.[1];
      if (name !== undefined) assert((marks + others).includes(`('${name}')`), key);
    }
  }
});

test('keys lead to commands, and each is for a program that is paused or not yet started', () => {
  const commands = contributes.commands.map((each: { command: string }) => each.command);
  for (const { command, key, when } of contributes.keybindings) {
    assert(commands.includes(command), command);
    assert.match(when, /debugState|greenlets\./, `${key} is taken everywhere.`);
  }
});

/** The names of an interface's own properties, but those that are set by us. */
function attributesOf(source: string, name: string): string[] {
  const body = new RegExp(`interface ${name} [^{]*\\{(.*?)\\n\\}`, 's').exec(source)?.[1] ?? '';
  const own = body.replace(/\/\*\* Set by us(?:[^*]|\*(?!\/))*\*\/\s*\w+\?:[^;]*;/g, '');
  return [...own.matchAll(/^ {2}(\w+)\?:/gm)].map((match) => match[1] ?? '');
}
