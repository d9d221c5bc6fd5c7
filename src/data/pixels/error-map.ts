import { loadSharp } from "../native/native-parts.ts";
import type { Cells } from "../terms/arrays.ts";
import { heatPixels, pixelsOf } from "./pixels.ts";

/** An image, what a model made of it, and its errors. */
export interface MappedImage {
  /** [height, width, channels] in 0..255. */
  readonly original: Cells;
  readonly rebuilt: Cells;
  /** [height, width] */
  readonly error: Cells;
}

/** Smaller images are enlarged by a whole factor, up to about this side, pixels as squares. */
const usualSide = 160;
/** Between the three pictures. */
const gap = 4;
const paper = 255;

/** How many pixels of the picture stand for one of the image. */
export const enlargement = ([height, width]: readonly number[]): number =>
  Math.max(1, Math.floor(usualSide / Math.max(height!, width!)));

/**
 * Input, reconstruction and error side by side as a PNG, the error from light (none) to dark (`most` and
 * above). Its height is that of the image times the enlargement, its width three such widths and two gaps.
 */
export async function errorMapPng(
  { original, rebuilt, error }: MappedImage,
  shape: readonly number[],
  most: number,
): Promise<Uint8Array> {
  const [height, width] = shape as [number, number, number];
  const scale = enlargement(shape);
  const across = 3 * width * scale + 2 * gap;
  const picture = new Uint8Array(across * height * scale * 3).fill(paper);
  const panels = [
    pixelsOf(original, shape),
    pixelsOf(rebuilt, shape),
    { pixels: heatPixels(error, most), channels: 3 },
  ];
  panels.forEach(({ pixels, channels }, panel) => {
    const left = panel * (width * scale + gap);
    for (let y = 0; y < height * scale; y++)
      for (let x = 0; x < width * scale; x++) {
        const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
        const to = (y * across + left + x) * 3;
        for (let c = 0; c < 3; c++) picture[to + c] = pixels[from + (channels === 3 ? c : 0)]!;
      }
  });
  const raw = { width: across, height: height * scale, channels: 3 } as const;
  const sharp = await loadSharp();
  return sharp(picture, { raw }).png({ compressionLevel: 9 }).toBuffer();
}
