/** A workspace that its user does not trust: nothing runs in it, and the editor says why. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Editor } from './editor.ts';
import { SourceView } from './source-view.ts';
import { until } from './until.ts';

const PROGRAM = `import { sleep } from 'greenlets';
import { writeFileSync } from 'node:fs';
writeFileSync(new URL('it-ran', import.meta.url), '');
sleep(0);
`;

const editor = new Editor({
  name: 'trust',
  isTrusting: false,
  settings: {
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
  },
});

describe('a workspace that is not trusted', () => {
  it('is looked at, but nothing is run in it', async () => {
    const folder = editor.temporaryFolder();
    writeFileSync(join(folder, 'program.ts'), PROGRAM);
    await using window = await editor.open(folder);
    const { workbench } = window;
    const { page } = workbench;
    await workbench.openFile('program.ts');
    const source = new SourceView(page);
    await until(() => source.gutter(), ['3 unknown', '4 yields']);

    // The key, the lens, and what stands in a launch.json.
    await workbench.focusEditor();
    await workbench.press('F5');
    const toast = page.locator('.notification-toast', {
      hasText: 'runs nothing in this workspace',
    });
    await toast.waitFor();
    await workbench.screenshot('trust-1-refused');
    await toast.getByText('Manage Workspace Trust').click();
    await page.locator('.workspace-trust-editor', { hasText: /restricted mode/i }).waitFor();
    await workbench.screenshot('trust-2-managed');
    await workbench.press('Control+w');
    await page.locator('.codelens-decoration a', { hasText: 'Run with greenlets' }).click();
    await toast.waitFor();
    assert.equal(existsSync(join(folder, 'it-ran')), false);
  });

  it('asks before it runs a launch.json', async () => {
    const folder = editor.temporaryFolder();
    writeFileSync(join(folder, 'program.ts'), PROGRAM);
    mkdirSync(join(folder, '.vscode'));
    const program = join(folder, 'program.ts');
    const configuration = { type: 'greenlet', request: 'launch', name: 'It', program };
    const launch = { version: '0.2.0', configurations: [configuration] };
    writeFileSync(join(folder, '.vscode/launch.json'), JSON.stringify(launch));
    await using window = await editor.open(folder);
    const { workbench } = window;
    await workbench.openFile('program.ts');
    await workbench.untilConfigurationIsShown('It');
    await workbench.press('F5');
    assert.match(await workbench.dialogText(), /trust/i);
    await workbench.screenshot('trust-3-asked');
    await workbench.press('Escape');
    assert.equal(existsSync(join(folder, 'it-ran')), false);
  });
});
