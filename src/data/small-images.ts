import sharp from "sharp";

/** Sides of pictures that stand in a page. */
const mostSide = 128;

/** A PNG as an address that holds it. */
const dataUri = (bytes: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;

/** An image [height, width, channels] in 0..255 as a small PNG in a data: URI; what is missing is grey. */
export function smallImage(x: Float32Array, shape: readonly number[]): Promise<string> {
  const [height, width, channels] = shape as [number, number, number];
  // of channels that are no colours the first is shown
  const shown = channels === 3 ? 3 : 1;
  const cells = channels === shown ? x : x.filter((_, i) => i % channels === 0);
  const pixels = Uint8Array.from(cells, (value) =>
    Number.isNaN(value) ? 128 : Math.max(0, Math.min(255, Math.round(value))),
  );
  return encoded(pixels, height, width, shown);
}

/** From little to much: paper, amber, rust, near black; readable in grey too. */
const heat = [
  [255, 253, 247],
  [245, 190, 110],
  [190, 84, 20],
  [58, 16, 12],
] as const;

/** Errors [height, width] as colours, `most` and above the darkest, as a small PNG in a data: URI. */
export function heatImage(
  errors: Float32Array,
  [height, width]: readonly number[],
  most: number,
): Promise<string> {
  const pixels = new Uint8Array(errors.length * 3);
  errors.forEach((error, i) => {
    // the square root shows small errors too
    const level = most > 0 && error > 0 ? Math.sqrt(Math.min(1, error / most)) : 0;
    const place = level * (heat.length - 1);
    const below = Math.min(heat.length - 2, Math.floor(place));
    for (let c = 0; c < 3; c++) {
      const [from, to] = [heat[below]![c]!, heat[below + 1]![c]!];
      pixels[3 * i + c] = Math.round(from + (place - below) * (to - from));
    }
  });
  return encoded(pixels, height!, width!, 3);
}

async function encoded(
  pixels: Uint8Array,
  height: number,
  width: number,
  channels: 1 | 3,
): Promise<string> {
  const image = sharp(pixels, { raw: { width, height, channels } });
  const fitted =
    Math.max(width, height) > mostSide
      ? image.resize({ width: mostSide, height: mostSide, fit: "inside" })
      : image;
  return dataUri(await fitted.png({ compressionLevel: 9 }).toBuffer());
}

/** An SVG file as a PNG of twice its size. Text is drawn with the fonts of the machine. */
export function pngOfSvg(svg: string): Promise<Uint8Array> {
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}
