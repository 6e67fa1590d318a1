/** Checksums that tell texts apart: quick to have, and no protection from anybody who wants to deceive. */

/**
 * A checksum of 64 bits, as 16 hexadecimal digits. Not one of `node:crypto`: that takes ten milliseconds to get ready, a third of
 * what a cached program's start may cost.
 */
export function checksumOf(text: string): string {
  let low = text.length;
  let high = ~text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, LOW_FACTOR);
    high = Math.imul(high ^ unit, HIGH_FACTOR);
    low ^= high >>> 15;
    high ^= low >>> 13;
  }
  return hexOf(mixed(low)) + hexOf(mixed(high ^ low));
}

const LOW_FACTOR = 0x9e3779b1;
const HIGH_FACTOR = 0x85ebca77;

/** Lets each bit depend on all others. */
function mixed(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), HIGH_FACTOR);
  return half ^ (half >>> 13);
}

function hexOf(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
