import { inParallel } from "../files/parallel.ts";
import { loadSharp } from "../native/native-parts.ts";
import type { Arrays, ArraysOptions, Cells } from "../terms/arrays.ts";

/**
 * An image [height, width, channels] in 0..255 in grey (1) or in colour (3): of colours their luminance, of grey
 * three equal channels; a second or fourth channel is how see-through it is, and white lies behind.
 */
export async function inChannels(
  x: Cells,
  shape: readonly number[],
  wanted: 1 | 3,
): Promise<Cells> {
  const [height, width, channels] = shape as [number, number, 1 | 2 | 3 | 4];
  if (channels === wanted) return x;
  if (channels === 1) return repeated(x, wanted);
  const sharp = await loadSharp();
  const pixels = Uint8Array.from(x, (value) => Math.max(0, Math.min(255, Math.round(value))));
  const image = sharp(pixels, { raw: { height, width, channels } }).flatten({
    background: "#ffffff",
  });
  const coloured = wanted === 1 ? image.greyscale() : image.toColourspace("srgb");
  const { data, info } = await coloured.raw().toBuffer({ resolveWithObject: true });
  const cells = Float32Array.from(data);
  return info.channels === wanted ? cells : repeated(cells, wanted);
}

const repeated = (grey: Cells, times: number): Float32Array =>
  Float32Array.from({ length: grey.length * times }, (_, k) => grey[Math.floor(k / times)]!);

/**
 * As `inChannels`, for values beyond bytes, which keep their precision: colours become their luminance (ITU-R BT.709), since
 * what is not made for a screen is linear.
 */
export function inDeepChannels(x: Cells, own: number, wanted: 1 | 3): Cells {
  if (own === wanted) return x;
  const opaque = own % 2 === 0 ? own - 1 : null;
  const colours = opaque ?? own;
  const count = x.length / own;
  const all = new Float32Array(count * wanted);
  for (let p = 0; p < count; p++) {
    const share = opaque === null ? 1 : x[p * own + opaque]! / 255;
    const cell = (c: number): number => x[p * own + c]! * share + 255 * (1 - share);
    const [r, g, b] = colours === 1 ? [cell(0), cell(0), cell(0)] : [cell(0), cell(1), cell(2)];
    if (wanted === 1) all[p] = colours === 1 ? r : 0.2126 * r + 0.7152 * g + 0.0722 * b;
    else all.set([r, g, b], 3 * p);
  }
  return all;
}

/** Images of an array in grey or in colour, where that is stated; each is brought to it as it is read. */
export function recolouredArrays(arrays: Arrays, wanted: ArraysOptions["channels"]): Arrays {
  const { content, shape, range } = arrays.detected;
  const [height, width, own] = shape as [number, number, number];
  if (content !== "images" || wanted === undefined || wanted === own) return arrays;
  const cells = height * width;
  const { ownBatches: _, ...others } = arrays;
  return {
    ...others,
    detected: { ...arrays.detected, shape: [height, width, wanted] },
    async *batches(options) {
      for await (const { start, rows, x } of arrays.batches(options)) {
        const all = new Float32Array(rows * cells * wanted);
        const places = Array.from({ length: rows }, (_, i) => i);
        await inParallel(places, async (i) => {
          const image = x.subarray(i * cells * own, (i + 1) * cells * own);
          const done = range
            ? inDeepChannels(image, own, wanted)
            : await inChannels(image, shape, wanted);
          all.set(done, i * cells * wanted);
        });
        yield { start, rows, x: all };
      }
    },
  };
}
