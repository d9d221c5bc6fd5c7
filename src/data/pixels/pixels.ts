import type { Cells } from "../terms/arrays.ts";

/** Bytes of an image, row by row. */
export interface Pixels {
  readonly pixels: Uint8Array;
  readonly channels: 1 | 3;
}

/** An image [height, width, channels] in 0..255 as bytes: grey or colour; what is missing is grey. */
export function pixelsOf(x: Cells, shape: readonly number[]): Pixels {
  const count = shape[2]!;
  // of channels that are no colours the first is shown
  const channels = count === 3 ? 3 : 1;
  const cells = count === channels ? x : x.filter((_, i) => i % count === 0);
  const pixels = Uint8Array.from(cells, (value) =>
    Number.isNaN(value) ? 128 : Math.max(0, Math.min(255, Math.round(value))),
  );
  return { pixels, channels };
}

/**
 * From little to much: paper, amber, rust, near black. It grows darker all the way, so that it can be read
 * without seeing its hues, and in grey.
 */
const heat = [
  [255, 253, 247],
  [245, 190, 110],
  [190, 84, 20],
  [58, 16, 12],
] as const;

/** Errors as colours, three bytes each; `most` and above are the darkest. */
export function heatPixels(errors: Cells, most: number): Uint8Array {
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
  return pixels;
}
