/** Each `…Sync` function of `node:fs`: patched and called by a greenlet it does what it always did. */

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { patchables, patchFs, unpatchAll } from '../../runtime/src/monkey/patch.ts';
import { at, differ, LEFT_OUT, Made, type Place, type Trial } from './differential.ts';

before(patchFs);
after(unpatchAll);

const TEXT = 'Grüße\nzwei\n';

function fill(place: Place): void {
  fs.writeFileSync(place.at('file'), TEXT);
  fs.chmodSync(place.at('file'), 0o640);
  fs.mkdirSync(place.at('dir/sub/deep'), { recursive: true });
  fs.writeFileSync(place.at('dir/a.txt'), 'a');
  fs.writeFileSync(place.at('dir/sub/b.txt'), 'b');
  fs.writeFileSync(place.at('dir/sub/deep/c.txt'), 'c');
  fs.mkdirSync(place.at('empty'));
  fs.symlinkSync('file', place.at('link'));
  fs.symlinkSync('nowhere', place.at('dangling'));
  fs.symlinkSync('loop', place.at('loop'));
}

const url = (name: string) => new Made((place) => pathToFileURL(place.at(name)));
const bytes = (name: string) => new Made((place) => Buffer.from(place.at(name)));
const fd = (name: string, flags: string) => new Made((place) => place.open(name, flags));

const FILES = [at('file'), at('missing'), at('dir'), at('dangling'), at('loop'), at('file/below')];
const PATHS = [...FILES, url('file'), bytes('link'), 'with\0null', '', 7.5, undefined, null, {}];
const FDS = [fd('file', 'r+'), fd('file', 'r'), fd('dir', 'r'), 9999, -1, 1.5, '3', undefined];
const ENCODINGS = [
  LEFT_OUT,
  undefined,
  null,
  'utf8',
  'hex',
  'buffer',
  'bogus',
  { encoding: 'latin1' },
];
const MODES = [LEFT_OUT, 0o600, '644', 'x', -1, {}];
const TIMES = [1_000_000_000, '1000000001', new Date(1_000_000_002_000), 'soon', undefined];
const aborted = AbortSignal.abort();

const stable = (stats: fs.Stats | undefined) =>
  stats && [
    stats.constructor.name,
    Object.keys(stats),
    typeof stats.mtimeMs,
    stats.mode,
    stats.size,
    stats.nlink,
    stats.isDirectory(),
  ];
const statfs = (stats: fs.StatsFs) => [
  stats.constructor.name,
  Object.keys(stats),
  stats.bsize,
  typeof stats.bfree,
];
const open = (value: number) => [typeof value, fs.fstatSync(value).size, fs.closeSync(value)];

const TRIALS: Record<string, Omit<Trial, 'fn'>> = {
  accessSync: { args: [PATHS, [LEFT_OUT, fs.constants.R_OK, fs.constants.X_OK, 99, 'r']] },
  appendFileSync: {
    args: [
      [...PATHS, fd('file', 'a'), fd('file', 'r')],
      ['more', Buffer.from('bytes'), new Uint16Array([1, 2]), 5, undefined],
      [
        LEFT_OUT,
        'utf16le',
        { mode: 0o600 },
        { flag: 'ax' },
        { flag: 'w' },
        { signal: aborted },
        'bogus',
      ],
    ],
  },
  chmodSync: { args: [PATHS, MODES] },
  chownSync: { args: [PATHS, [process.getuid?.(), -1, 'me'], [process.getgid?.(), undefined]] },
  closeSync: { args: [FDS] },
  copyFileSync: {
    args: [PATHS, [at('copy'), at('file'), at('dir'), 5], [LEFT_OUT, 1, 0, 99, 'x']],
  },
  cpSync: {
    args: [
      [at('file'), at('dir'), at('missing'), at('link'), url('dir'), 7],
      [at('copy'), at('empty'), at('file'), at('dir/sub')],
      [
        LEFT_OUT,
        { recursive: true },
        { recursive: true, force: false },
        { recursive: true, errorOnExist: true, force: false },
        { dereference: true },
        { recursive: true, filter: (source: string) => !source.endsWith('.txt') },
        { filter: async () => true },
        { recursive: 'yes' },
        { preserveTimestamps: true, mode: 1 },
        7,
      ],
    ],
  },
  existsSync: { args: [PATHS] },
  fchmodSync: { args: [FDS, MODES] },
  fchownSync: { args: [FDS, [process.getuid?.(), 'me'], [process.getgid?.()]] },
  fdatasyncSync: { args: [FDS] },
  fstatSync: { args: [FDS, [LEFT_OUT, { bigint: true }, { bigint: 1 }]], view: stable },
  fsyncSync: { args: [FDS] },
  ftruncateSync: { args: [FDS, [LEFT_OUT, 3, 100, -1, 'x', 1.5]] },
  futimesSync: { args: [FDS, TIMES, TIMES] },
  lchownSync: { args: [PATHS, [process.getuid?.(), 'me'], [process.getgid?.()]] },
  linkSync: { args: [PATHS, [at('copy'), at('file'), at('no/where'), 7]] },
  lstatSync: {
    args: [PATHS, [LEFT_OUT, { bigint: true }, { throwIfNoEntry: false }, null, 7]],
    view: stable,
  },
  lutimesSync: { args: [PATHS, TIMES, [1_000_000_000, 'x']] },
  mkdirSync: {
    args: [
      [at('dir'), at('new'), at('new/deep'), at('file/below'), url('new'), 7],
      [
        LEFT_OUT,
        0o700,
        '700',
        { recursive: true },
        { recursive: true, mode: 0o711 },
        { recursive: 1 },
        { mode: 'x' },
      ],
    ],
  },
  mkdtempSync: {
    args: [[at('tmp-'), at('no/where-'), bytes('tmp-'), 7, 'a\0b'], ENCODINGS],
    view: (path: string | Buffer, place: Place) => {
      const text = String(path);
      const named = text.startsWith(place.folder) ? text.slice(0, -6) : typeof path;
      for (const name of fs.readdirSync(place.folder)) {
        if (name.startsWith('tmp-')) fs.rmdirSync(place.at(name));
      }
      return [Buffer.isBuffer(path), text.length, named];
    },
  },
  openSync: {
    args: [
      PATHS,
      [LEFT_OUT, 'r+', 'w', 'wx', 'a+', 'zz', fs.constants.O_RDWR, null],
      [LEFT_OUT, 0o600, '600', 'x'],
    ],
    view: open,
  },
  opendirSync: {
    args: [
      PATHS,
      [
        LEFT_OUT,
        'utf8',
        { bufferSize: 1 },
        { bufferSize: 0 },
        { encoding: 'buffer' },
        { recursive: true },
        'bogus',
        7,
      ],
    ],
    view: (dir: fs.Dir) => {
      const names: string[] = [];
      for (let entry = dir.readSync(); entry !== null; entry = dir.readSync())
        names.push(String(entry.name));
      return [dir.constructor.name, dir.path, names.sort()];
    },
  },
  readFileSync: {
    args: [
      [...PATHS, fd('file', 'r'), fd('file', 'a'), fd('dir', 'r')],
      [
        ...ENCODINGS,
        { flag: 'r+' },
        { flag: 'wx' },
        { flag: 'zz' },
        { flag: 'a+', encoding: 'utf8' },
        { signal: aborted },
        { signal: 1 },
        7,
      ],
    ],
  },
  readSync: {
    args: [
      FDS,
      [
        new Made(() => Buffer.alloc(8)),
        new Made(() => new Uint16Array(4)),
        new Made(() => Buffer.alloc(0)),
        'text',
        undefined,
      ],
      [LEFT_OUT, 2, null, 9, -1, { offset: 1, length: 3, position: 2 }, { length: 99 }, 'x'],
      [LEFT_OUT, 4, 0, 99],
      [LEFT_OUT, 3, null, 3n, -2, 'x'],
    ],
  },
  readdirSync: {
    args: [
      PATHS,
      [
        ...ENCODINGS,
        { withFileTypes: true },
        { recursive: true },
        { recursive: true, withFileTypes: true },
        { recursive: 1 },
        { withFileTypes: true, encoding: 'buffer' },
        7,
      ],
    ],
  },
  readlinkSync: { args: [[...PATHS, at('link')], ENCODINGS] },
  readvSync: {
    args: [
      FDS,
      [new Made(() => [Buffer.alloc(3), new Uint8Array(30)]), new Made(() => []), 'x', [1]],
      [LEFT_OUT, 2, null, 'x'],
    ],
  },
  realpathSync: { args: [[...PATHS, at('link'), at('dir/sub/..')], ENCODINGS] },
  'realpathSync.native': { args: [[...PATHS, at('link'), at('dir/sub/..')], ENCODINGS] },
  renameSync: { args: [PATHS, [at('copy'), at('empty'), at('no/where'), 7]] },
  rmSync: {
    args: [
      PATHS,
      [
        LEFT_OUT,
        { force: true },
        { recursive: true },
        { recursive: true, force: true },
        { retryDelay: -1 },
        { force: 1 },
        7,
      ],
    ],
  },
  rmdirSync: {
    args: [
      [...PATHS, at('empty')],
      [LEFT_OUT, { maxRetries: 1 }, { maxRetries: -1 }, 7],
    ],
  },
  statSync: {
    args: [
      [...PATHS, at('link')],
      [LEFT_OUT, { bigint: true }, { throwIfNoEntry: false }, { throwIfNoEntry: true }, null, 7],
    ],
    view: stable,
  },
  statfsSync: { args: [PATHS, [LEFT_OUT, { bigint: true }, 7]], view: statfs },
  symlinkSync: {
    args: [
      ['file', 7, 'a\0b'],
      [at('new'), at('file'), at('no/where'), 7],
      [LEFT_OUT, 'dir', 'bogus', null],
    ],
  },
  truncateSync: {
    args: [
      [...PATHS, fd('file', 'r+')],
      [LEFT_OUT, 3, 100, -1, 'x'],
    ],
  },
  globSync: {
    args: [
      ['*', '**/*.txt', ['d*', 'l*'], 7, undefined],
      [
        new Made(({ folder: cwd }) => ({ cwd })),
        new Made(({ folder: cwd }) => ({ cwd, withFileTypes: true })),
        new Made(({ folder: cwd }) => ({ cwd, exclude: (name: string) => name === 'dir' })),
        7,
      ],
    ],
  },
  unlinkSync: { args: [PATHS] },
  utimesSync: { args: [PATHS, TIMES, [1_000_000_000, 'x']] },
  writeFileSync: {
    args: [
      [...PATHS, fd('file', 'r+'), fd('file', 'r')],
      ['text', Buffer.from('bytes'), new Float64Array([1]), { toString: () => 'no' }, undefined],
      [
        LEFT_OUT,
        'latin1',
        { mode: 0o600 },
        { flag: 'wx' },
        { flag: 'a' },
        { flag: 'zz' },
        { signal: aborted },
        { flush: true },
        { flush: 1 },
      ],
    ],
  },
  writeSync: {
    args: [
      FDS,
      ['text', Buffer.from('bytes'), new Uint16Array([1, 2]), 7, undefined],
      [LEFT_OUT, 2, null, 9, -1, { offset: 1, length: 3, position: 2 }, { length: 99 }, 'x'],
      [LEFT_OUT, 3, 'utf16le', 'bogus', 0],
      [LEFT_OUT, 1, null, 'x'],
    ],
  },
  writevSync: {
    args: [
      FDS,
      [[Buffer.from('ab'), new Uint8Array([99])], [], 'x', [1]],
      [LEFT_OUT, 2, null, 'x'],
    ],
  },
};

for (const { module, name, fn } of patchables()) {
  if (module !== 'fs' || name.startsWith('Dir.')) continue;
  test(name, async (context) => {
    const trial = TRIALS[name];
    assert(trial, `${name} has no trial`);
    const { calls, parked } = await differ(name, { fill, ...trial, fn });
    context.diagnostic(`${calls} calls, ${parked} of them gave way`);
    assert(parked > 0, 'no call let others run');
  });
}
