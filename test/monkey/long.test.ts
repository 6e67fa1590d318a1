/** Functions that compute long or wait for another thread: patched and called by a greenlet they do what they always did. */

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import {
  patchables,
  patchCrypto,
  patchThread,
  patchZlib,
  unpatchAll,
} from '../../runtime/src/monkey/patch.ts';
import { differ, LEFT_OUT, Made, type Trial } from './differential.ts';

before(() => {
  patchCrypto();
  patchThread();
  patchZlib();
});
after(unpatchAll);

const SECRETS = ['secret', Buffer.from('secret'), new Uint8Array(4), 7, undefined];
const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const text = Buffer.from('signed');
const signature = crypto.sign('sha256', text, privateKey);
const bytes = new Made(() => new Uint8Array(4));

// Not in Node 20.
type Encapsulating = typeof crypto & { encapsulate?: (key: unknown) => { ciphertext: Buffer } };
const exchange = crypto.generateKeyPairSync('x25519');
const capsule = (crypto as Encapsulating).encapsulate?.(exchange.publicKey).ciphertext;

const kind = (value: unknown) =>
  value instanceof crypto.KeyObject
    ? [value.type, value.asymmetricKeyType, value.symmetricKeySize]
    : typeof value;
const filled = (value: ArrayBufferView) => [value.constructor.name, value.byteLength];

const CRYPTO: Record<string, Omit<Trial, 'fn'>> = {
  pbkdf2Sync: {
    args: [SECRETS, ['salt', 7], [10, 0, 'x'], [16, -1], ['sha256', 'bogus', undefined]],
  },
  scryptSync: {
    args: [
      SECRETS,
      ['salt', 7],
      [16, -1],
      [LEFT_OUT, { N: 16 }, { cost: 3 }, { N: 2 ** 20, maxmem: 1000 }, 7],
    ],
  },
  hkdfSync: {
    args: [
      ['sha256', 'bogus', 7],
      SECRETS,
      ['salt', 7],
      ['info', Buffer.alloc(2000)],
      [16, 1e9, -1],
    ],
  },
  checkPrimeSync: {
    args: [
      [7n, 8n, Buffer.from([13]), 7, -1n],
      [LEFT_OUT, { checks: 5 }, { checks: -1 }, 7],
    ],
  },
  generatePrimeSync: {
    args: [
      [8, 0, 'x'],
      [LEFT_OUT, { bigint: true }, { safe: true }, { add: 'x' }, 7],
    ],
    view: (prime) => (typeof prime === 'bigint' ? 'bigint' : filled(prime)),
  },
  generateKeySync: {
    args: [
      ['hmac', 'aes', 'bogus', 7],
      [{ length: 128 }, { length: 7 }, LEFT_OUT],
    ],
    view: kind,
  },
  generateKeyPairSync: {
    args: [
      ['ed25519', 'ec', 'rsa', 'bogus', 7],
      [
        LEFT_OUT,
        { namedCurve: 'P-256' },
        { modulusLength: 512 },
        { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' } },
        7,
      ],
    ],
    view: (pair: crypto.KeyPairKeyObjectResult) => [
      Object.keys(pair),
      kind(pair.publicKey),
      kind(pair.privateKey),
    ],
  },
  randomBytes: { args: [[16, 0, -1, 'x', 1e20]], view: filled },
  randomFillSync: {
    args: [
      [bytes, new Made(() => new ArrayBuffer(8)), 'x'],
      [0, 4, 9, LEFT_OUT, 'x'],
      [0, LEFT_OUT, 9],
    ],
    view: filled,
    fillsAtRandom: true,
  },
  randomInt: {
    args: [
      [5, 0, -1, 'x'],
      [6, LEFT_OUT, 1e30],
    ],
    view: Number.isInteger,
  },
  sign: {
    args: [
      ['sha256', null, undefined, 'bogus', 7],
      [text, 'text', 7],
      [
        privateKey,
        publicKey,
        { key: privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING },
        'no key',
        7,
      ],
    ],
    view: (value: Buffer) => value.length,
  },
  verify: {
    args: [
      ['sha256', 'bogus'],
      [text, Buffer.from('other')],
      [publicKey, privateKey, 'no key'],
      [signature, Buffer.alloc(3), 'x'],
    ],
  },
  encapsulate: {
    args: [[exchange.publicKey, exchange.privateKey, privateKey, 7]],
    view: Object.keys,
  },
  decapsulate: {
    args: [
      [exchange.privateKey, exchange.publicKey, 7],
      [capsule, text, 7],
    ],
  },
  argon2Sync: {
    args: [
      ['argon2id', 'bogus'],
      [
        {
          message: 'm',
          nonce: Buffer.alloc(16),
          parallelism: 1,
          tagLength: 16,
          memory: 8,
          passes: 1,
        },
        { message: 'm' },
        7,
      ],
    ],
  },
};

const DATA = Buffer.from('to be compressed '.repeat(200));
const packed: Record<string, Buffer> = {
  unzipSync: zlib.gzipSync(DATA),
  gunzipSync: zlib.gzipSync(DATA),
  inflateSync: zlib.deflateSync(DATA),
  inflateRawSync: zlib.deflateRawSync(DATA),
  brotliDecompressSync: zlib.brotliCompressSync(DATA),
};

function trialOf(module: string, name: string): Omit<Trial, 'fn'> | undefined {
  if (module === 'crypto') return CRYPTO[name];
  if (module === 'Atomics') {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const big = new BigInt64Array(new SharedArrayBuffer(8));
    return {
      args: [
        [shared, big, new Int32Array(2), new Uint8Array(8), undefined],
        [0, 1, 9, -1],
        [0, 1, 0n, 'x'],
        [1, 0, -1, null],
      ],
    };
  }
  const data = packed[name] ?? DATA;
  const inputs = [
    data,
    new Uint8Array(data).buffer,
    data.subarray(0, 20),
    'plain text',
    '',
    7,
    undefined,
  ];
  const options = [
    LEFT_OUT,
    undefined,
    { level: 9 },
    { level: 99 },
    { maxOutputLength: 10 },
    { info: true },
    { chunkSize: 1 },
    { finishFlush: 2 },
    7,
  ];
  const view = (value: { buffer?: unknown; engine?: object }) =>
    value.engine === undefined ? value : [value.buffer, value.engine.constructor.name];
  return { args: [inputs, options], view: view as never };
}

for (const { module, name, fn, blocks } of patchables()) {
  if (!blocks || module === 'fs' || module === 'child_process') continue;
  test(`${module}.${name}`, async () => {
    const trial = trialOf(module, name);
    assert(trial, `${name} has no trial`);
    const { parked } = await differ(name, { ...trial, fn });
    assert(parked > 0, 'no call let others run');
  });
}
