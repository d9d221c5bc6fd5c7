import { loadSharp } from "../native/native-parts.ts";
import type { Cells } from "../terms/arrays.ts";
import { heatPixels, pixelsOf } from "./pixels.ts";

/** Sides of pictures that stand in a page. */
const mostSide = 128;

/** A PNG as an address that holds it. */
const dataUri = (bytes: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;

/** An image [height, width, channels] in 0..255 as a small PNG in a data: URI; what is missing is grey. */
export function smallImage(x: Cells, shape: readonly number[]): Promise<string> {
  const { pixels, channels } = pixelsOf(x, shape);
  return encoded(pixels, shape[0]!, shape[1]!, channels);
}

/** Errors [height, width] as colours, `most` and above the darkest, as a small PNG in a data: URI. */
export function heatImage(
  errors: Cells,
  [height, width]: readonly number[],
  most: number,
): Promise<string> {
  return encoded(heatPixels(errors, most), height!, width!, 3);
}

async function encoded(
  pixels: Uint8Array,
  height: number,
  width: number,
  channels: 1 | 3,
): Promise<string> {
  const sharp = await loadSharp();
  const image = sharp(pixels, { raw: { width, height, channels } });
  const fitted =
    Math.max(width, height) > mostSide
      ? image.resize({ width: mostSide, height: mostSide, fit: "inside" })
      : image;
  return dataUri(await fitted.png({ compressionLevel: 9 }).toBuffer());
}

/** An SVG file as a PNG of twice its size. Text is drawn with the fonts of the machine. */
export async function pngOfSvg(svg: string): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}
