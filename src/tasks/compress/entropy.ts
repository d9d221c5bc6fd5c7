import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;

/** Packs bytes with the coder of every block: Brotli, at its best. */
export const pack = (bytes: Uint8Array): Uint8Array => brotli(bytes, 11);

/** What `pack` packed. Throws an Error for bytes that it did not pack, or that would swell beyond `most`. */
export const unpack = (bytes: Uint8Array, most: number): Uint8Array =>
  brotliDecompressSync(bytes, { maxOutputLength: most });

/** About what `pack` would make of bytes, found much faster: to compare ways of writing the same. */
export const brotliSize = (bytes: Uint8Array): number => brotli(bytes, 5).length;

function brotli(bytes: Uint8Array, quality: number): Uint8Array {
  return brotliCompressSync(bytes, {
    params: {
      [BROTLI_PARAM_QUALITY]: quality,
      [BROTLI_PARAM_LGWIN]: 24,
      [BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
