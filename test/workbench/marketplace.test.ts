/** What the Visual Studio Marketplace and Open VSX ask of an extension, and what its users may count on. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { repositoryPath } from '../support/fixture.ts';
import { repositoryFiles } from '../support/repository-files.ts';
import { readZip } from '../support/zip.ts';
import { VSIX } from './prepare.mjs';

/** Those that the Marketplace knows; others are refused. */
const CATEGORIES = ['Debuggers', 'Visualization', 'Education', 'Testing', 'Other'];

const read = (file: string) => readFileSync(repositoryPath(file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const files = readZip(VSIX);

describe('the listing', () => {
  it('has what both registries ask for', () => {
    for (const field of ['name', 'publisher', 'version', 'license', 'icon', 'homepage']) {
      assert(manifest[field], `package.json has no ${field}.`);
    }
    assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
    assert.match(manifest.repository.url, /^https:/);
    assert.match(manifest.bugs.url, /^https:/);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
    assert(manifest.keywords.length > 0 && manifest.keywords.length <= 30);
    for (const each of manifest.categories) assert(CATEGORIES.includes(each), each);
    assert.equal(manifest.enabledApiProposals, undefined);
  });

  it('has an icon of a size that is shown well', () => {
    const icon = readFileSync(repositoryPath(manifest.icon));
    assert.equal(icon.toString('latin1', 1, 4), 'PNG');
    const [width, height] = [icon.readUInt32BE(16), icon.readUInt32BE(20)];
    assert(width === height && width >= 128, `${width} × ${height}`);
  });

  it('is in both languages', () => {
    const listing = String(files.get('extension.vsixmanifest'));
    assert.match(listing, /<DisplayName>Greenlet Debugger<\/DisplayName>/);
    for (const name of ['extension/package.nls.json', 'extension/package.nls.zh-cn.json']) {
      assert(files.has(name), name);
    }
  });

  it('shows pictures that are there, none of which a registry refuses', () => {
    for (const readme of ['README.md', 'README.zh-CN.md']) {
      const pictures = [...read(readme).matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)];
      assert(pictures.length > 0, `${readme} has no picture.`);
      for (const [, text, target] of pictures) {
        assert(text, `${readme}: ${target} has no text for those who do not see it.`);
        assert.match(target ?? '', /\.png$/, `${readme}: registries refuse ${target}.`);
        assert(readFileSync(repositoryPath(target ?? '')).length > 0);
      }
    }
  });

  it('tells what is new in this version', () => {
    assert(read('CHANGELOG.md').includes(`## ${manifest.version}`));
  });
});

describe('what a user may count on', () => {
  it('nothing is activated at the start of the editor', () => {
    for (const event of manifest.activationEvents) {
      assert.doesNotMatch(event, /^(\*|onStartupFinished)$/);
    }
  });

  it('nothing but the connection to the program speaks to anybody, and nothing is counted', () => {
    const speakers = /from '(node:)?(https?|net|tls|dgram|ws)'/;
    for (const file of repositoryFiles().filter((each) => /^extension\/.*\.ts$/.test(each))) {
      const text = read(file);
      if (!/^extension\/(cdp|adapter)\//.test(file)) assert.doesNotMatch(text, speakers, file);
      assert.doesNotMatch(
        text,
        /TelemetryLogger|XMLHttpRequest|sendBeacon|globalThis\.fetch/,
        file,
      );
    }
  });

  it('each web view runs its own scripts only', () => {
    const pages = repositoryFiles()
      .filter((each) => /^extension\/.*\.ts$/.test(each))
      .filter((each) => read(each).includes('<html'));
    assert(pages.length > 0);
    for (const page of pages) {
      const [, policy = ''] = /Content-Security-Policy"\s+content="([^"]+)"/.exec(read(page)) ?? [];
      assert.match(policy, /default-src 'none'/, page);
      assert.match(policy, /script-src ('nonce-\$\{\w+\}'|\$\{\w+(\.\w+)?\})(;|$)/, page);
      assert.doesNotMatch(policy, /unsafe-eval|unsafe-inline.*script|\*/, page);
    }
  });
});
