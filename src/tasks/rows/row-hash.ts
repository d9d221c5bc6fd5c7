import type { Batch } from "../../data/terms/table.ts";
import { mixBits } from "../../random.ts";

/**
 * Hashes of rows: MurmurHash3 (Appleby 2011, x86_32) over the two words of each number, then over one of each category,
 * the FNV-1a of its UTF-8. Missing numbers are one NaN, and -0 is 0, so that rows that look equal are. Whoever has the
 * same values comes to the same hash, wherever they lie: `espejo_spark/hashes.py` does.
 */

/** Gives the hashes of batches of rows with so many numbers and categories, whole numbers below 2^32. */
export function rowHashes(
  numeric: number,
  categories: number,
  seed: number,
): (batch: Pick<Batch, "rows" | "numeric" | "categories">) => Uint32Array {
  const start = mixBits(seed >>> 0) ^ mixBits(Math.floor(seed / 2 ** 32) >>> 0);
  const known = new Map<string, number>();
  const ofText = (text: string): number => {
    let hash = known.get(text);
    if (hash === undefined) {
      if (known.size >= mostKnown) known.clear();
      hash = textHash(text);
      known.set(text, hash);
    }
    return hash;
  };
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  return (batch) => {
    const hashes = new Uint32Array(batch.rows);
    for (let i = 0; i < batch.rows; i++) {
      let hash = start;
      for (let j = 0; j < numeric; j++) {
        const value = batch.numeric[i * numeric + j]!;
        const missing = Number.isNaN(value);
        number[0] = value === 0 ? 0 : value;
        hash = stirred(hash, missing ? 0 : words[0]!);
        hash = stirred(hash, missing ? 0x7ff80000 : words[1]!);
      }
      for (let j = 0; j < categories; j++)
        hash = stirred(hash, ofText(batch.categories[i * categories + j]!));
      hashes[i] = finished(hash ^ (4 * (2 * numeric + categories)));
    }
    return hashes;
  };
}

/** Where each share of all hashes ends; the last one ends with them. */
export function hashBounds(shares: readonly number[]): readonly number[] {
  const total = shares.reduce((a, b) => a + b, 0);
  let before = 0;
  return shares.map((share, k) => {
    before += share;
    return k === shares.length - 1 ? 2 ** 32 : Math.round((before / total) * 2 ** 32);
  });
}

/** The share in which a hash lies. */
export const shareOfHash = (bounds: readonly number[], hash: number): number =>
  bounds.findIndex((bound) => hash < bound);

/** Texts whose hash is remembered. */
const mostKnown = 100_000;

const encoder = new TextEncoder();

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** A word more in a hash. */
function stirred(hash: number, word: number): number {
  const k = Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotated(hash ^ k, 13), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's finaliser. */
function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
