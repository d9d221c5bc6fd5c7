import { mkdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import sharp from "sharp";
import { EspejoError } from "../errors.ts";
import { reasonOf, writeWhole } from "../files.ts";

/** Images [rows, height, width, channels] in 0..255, with what each is called. */
export interface NamedImages {
  readonly names: readonly string[];
  readonly rows: number;
  readonly x: Float32Array;
}

/**
 * Writes images as PNG files into a folder, made where it is absent, each whole or not at all; a name such
 * as "cats/1.jpg" becomes cats/1.png. Gives their number.
 */
export async function writeImages(
  folder: string,
  batches: AsyncIterable<NamedImages>,
  shape: readonly number[],
): Promise<number> {
  const cells = shape.reduce((n, dim) => n * dim, 1);
  let count = 0;
  for await (const { names, rows, x } of batches)
    for (let i = 0; i < rows; i++) {
      const bytes = await pngOf(x.subarray(i * cells, (i + 1) * cells), shape);
      await writePng(folder, names[i]!, bytes);
      count++;
    }
  return count;
}

/** Writes a PNG file into a folder under the name of an image, whole or not at all. */
export async function writePng(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, dirname(name), `${basename(name, extname(name))}.png`);
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    const reason = reasonOf(error as Error);
    throw new EspejoError("write_failed", { path: dirname(path), reason }, { cause: error });
  }
  await writeWhole(path, [bytes]);
}

/** An image [height, width, channels] of 1 or 3 channels as PNG; values are held within 0..255. */
export async function pngOf(x: Float32Array, shape: readonly number[]): Promise<Uint8Array> {
  const [height, width, channels] = shape as [number, number, 1 | 3];
  const pixels = Uint8Array.from(x, (value) => Math.max(0, Math.min(255, Math.round(value))));
  return sharp(pixels, { raw: { width, height, channels } }).png().toBuffer();
}

/** Images [rows, height, width, channels] side by side, with a white line between them, as one PNG file. */
export async function writeGrid(
  path: string,
  x: Float32Array,
  rows: number,
  shape: readonly number[],
): Promise<void> {
  const [height, width, channels] = shape as [number, number, number];
  const across = Math.ceil(Math.sqrt(rows));
  const down = Math.ceil(rows / across);
  const size = [down * (height + 1) + 1, across * (width + 1) + 1, channels] as const;
  const grid = new Float32Array(size[0] * size[1] * channels).fill(255);
  for (let k = 0; k < rows; k++) {
    const top = Math.floor(k / across) * (height + 1) + 1;
    const left = (k % across) * (width + 1) + 1;
    for (let i = 0; i < height; i++) {
      const from = (k * height + i) * width * channels;
      grid.set(x.subarray(from, from + width * channels), ((top + i) * size[1] + left) * channels);
    }
  }
  await writeWhole(path, [await pngOf(grid, size)]);
}
