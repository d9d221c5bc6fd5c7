import { crc32 } from "node:zlib";
import type { Block } from "./block.ts";
import type { CompressionSource } from "./source.ts";

/** Digits in which a decimal number and the binary one that stands for it may differ. */
const rounding = 2 ** -50;

/**
 * Compares rows with what comes back: numbers within the greatest error (as decimal numbers), all else equal.
 * Notes the greatest error of each stream. Throws where that does not hold, before the file has its name.
 */
export function checkBlock(
  { streams, categories, texts }: CompressionSource,
  errors: readonly number[],
  block: Block,
  again: Block,
  greatest: Float64Array,
): void {
  block.numbers.forEach((values, j) => {
    const { single } = streams[j]!.finder;
    const back = again.numbers[j]!;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const rebuilt = single ? Math.fround(back[i]!) : back[i]!;
      if (Number.isNaN(value) && Number.isNaN(rebuilt)) continue;
      const error = Math.abs(value - rebuilt);
      const allowed = errors[j]! === 0 ? 0 : errors[j]! + rounding * Math.abs(value);
      if (!(error <= allowed))
        throw new Error(`compress: ${streams[j]!.name} came back as ${rebuilt}, it was ${value}`);
      if (error > greatest[j]!) greatest[j] = error;
    }
  });
  const same = (names: readonly string[], cells: Block["texts"], back: Block["texts"]): void =>
    cells.forEach((column, j) => {
      const i = column.findIndex((cell, i) => cell !== back[j]![i]);
      if (i >= 0)
        throw new Error(`compress: ${names[j]} came back as ${back[j]![i]}, not ${column[i]}`);
    });
  same(categories, block.categories, again.categories);
  same(texts, block.texts, again.texts);
}

/** Bytes of a checksum. */
export const sumSize = 4;

/** The CRC-32 of what a block comes back as: another engine must rebuild the same. */
export function sumOf({ numbers, categories }: Block): Buffer {
  let sum = 0;
  for (const values of numbers) sum = crc32(new Uint8Array(Float64Array.from(values).buffer), sum);
  for (const cells of categories) sum = crc32(cells.join("\0"), sum);
  const bytes = Buffer.alloc(sumSize);
  bytes.writeUInt32LE(sum);
  return bytes;
}
