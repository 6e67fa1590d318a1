/** Reads a ZIP file, which is what a VSIX is. */

import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const CENTRAL_HEADER = 0x02014b50;
const DEFLATED = 8;

/** The files of an archive by name. */
export function readZip(path: string): Map<string, Buffer> {
  const data = readFileSync(path);
  const end = data.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error(`${path} is not a ZIP file.`);
  const files = new Map<string, Buffer>();
  let at = data.readUInt32LE(end + 16);
  for (let count = data.readUInt16LE(end + 10); count > 0; count--) {
    if (data.readUInt32LE(at) !== CENTRAL_HEADER) throw new Error(`${path} is damaged.`);
    const method = data.readUInt16LE(at + 10);
    const size = data.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset));
    const local = data.readUInt32LE(at + 42);
    const title = data.toString('utf8', at + 46, at + 46 + (name ?? 0));
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const packed = data.subarray(start, start + size);
    files.set(title, method === DEFLATED ? inflateRawSync(packed) : packed);
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
