import { mkdir } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { reasonOf, writeWhole } from "../../files.ts";
import { loadSharp } from "../native/native-parts.ts";
import type { Cells } from "../terms/arrays.ts";
import { floatTiff } from "./float-tiff.ts";

/** What values a picture file holds: PNG those of 8 and 16 bits, TIFF floating point ones. */
export type PictureType = "uint8" | "uint16" | "float32";

/** Images on their way into a folder. */
export interface ImagesToWrite {
  readonly rows: number;
  /** [height, width, channels] */
  readonly shape: readonly number[];
  /** What each is called; null: its number. */
  readonly names: readonly string[] | null;
  /** 8 bits by default. */
  readonly type?: PictureType;
  /** x: [rows, ...shape] in 0..255, or as far as `type` goes */
  readonly batches: AsyncIterable<{ readonly rows: number; readonly x: Cells }>;
}

/**
 * Writes images as PNG or TIFF files into a folder, made where it is absent, each whole or not at all, under the names of
 * `pictureFiles`. Gives their number.
 */
export async function writeImages(
  folder: string,
  { rows, shape, names, type = "uint8", batches }: ImagesToWrite,
): Promise<number> {
  const cells = shape.reduce((n, dim) => n * dim, 1);
  const files = pictureFiles({ names, rows, type });
  let count = 0;
  for await (const batch of batches)
    for (let i = 0; i < batch.rows; i++) {
      const x = batch.x.subarray(i * cells, (i + 1) * cells);
      await writeImage(folder, files[count]!, x, shape, type);
      count++;
    }
  return count;
}

/**
 * What the file of each image is called: "cats/1.jpg" becomes cats/1.png, and of images whose names differ in their
 * endings alone each keeps its own, 1.jpg.png and 1.tif.png, so that none is written over. An image without a name gets
 * its number from 1, with zeros before it, so that names stand in their order wherever they are listed as text.
 */
export function pictureFiles({
  names,
  rows,
  type = "uint8",
}: Pick<ImagesToWrite, "names" | "rows" | "type">): readonly string[] {
  const ending = type === "float32" ? "tif" : "png";
  if (!names)
    return Array.from(
      { length: rows },
      (_, row) => `${String(row + 1).padStart(String(rows).length, "0")}.${ending}`,
    );
  const stems = names.map((name) => name.slice(0, name.length - extname(name).length));
  const bearers = new Map<string, number>();
  for (const stem of stems) bearers.set(stem, (bearers.get(stem) ?? 0) + 1);
  return names.map(
    (name, row) => `${bearers.get(stems[row]!) === 1 ? stems[row] : name}.${ending}`,
  );
}

/** Writes an image [height, width, channels] as `writePng` does: of one channel as a grey one. */
export async function writeImage(
  folder: string,
  file: string,
  x: Cells,
  shape: readonly number[],
  type: PictureType = "uint8",
): Promise<void> {
  await writePng(
    folder,
    file,
    type === "float32" ? floatTiff(x, shape) : await pngOf(x, shape, type),
  );
}

/** Writes the bytes of a picture file into a folder, made where it is absent, whole or not at all. */
export async function writePng(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, file);
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    const reason = reasonOf(error as Error);
    throw new EspejoError("write_failed", { path: dirname(path), reason }, { cause: error });
  }
  await writeWhole(path, [bytes]);
}

/** An image [height, width, channels] of 1 or 3 channels as PNG, grey or colour; values are held within those of the type. */
async function pngOf(
  x: Cells,
  shape: readonly number[],
  type: "uint8" | "uint16" = "uint8",
): Promise<Uint8Array> {
  const [height, width, channels] = shape as [number, number, 1 | 3];
  const most = type === "uint8" ? 255 : 65_535;
  const held = (value: number): number => Math.max(0, Math.min(most, Math.round(value)));
  const pixels = type === "uint8" ? Uint8Array.from(x, held) : Uint16Array.from(x, held);
  const sharp = await loadSharp();
  const image = sharp(pixels, { raw: { width, height, channels } });
  if (type === "uint16")
    return image
      .toColourspace(channels === 1 ? "grey16" : "rgb16")
      .png()
      .toBuffer();
  // sharp writes grey as three equal channels unless it is told not to
  return (channels === 1 ? image.toColourspace("b-w") : image).png().toBuffer();
}

/** Images [rows, height, width, channels] side by side, with a white line between them, as one PNG file. */
export async function writeGrid(
  path: string,
  x: Cells,
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
